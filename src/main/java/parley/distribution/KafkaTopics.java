package parley.distribution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics that Parley needs: makes them, and says what is wrong with them.
 *
 * <pre>{@code
 * try (var topics = new KafkaTopics(settings)) {
 *   topics.create().toCompletableFuture().join();
 * }
 * }</pre>
 */
public final class KafkaTopics implements AutoCloseable {

  private final KafkaSettings settings;
  private final Admin admin;

  /**
   * Connects when it is first asked. Throws {@link KafkaProblem} when Kafka's client does not take
   * the settings, or when no broker's name is known.
   */
  public KafkaTopics(KafkaSettings settings) {
    this.settings = settings;
    this.admin = new KafkaClients(settings).admin();
  }

  /**
   * Makes what is missing; what is there stays as it is. The names of those that it made. Fails
   * with {@link KafkaProblem}.
   */
  public CompletionStage<List<String>> create() {
    var results = admin.createTopics(List.of(deliveries(), deadLetters())).values();
    var made = new ArrayList<String>();
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (var result : new TreeMap<>(results).entrySet()) {
      var one =
          result
              .getValue()
              .toCompletionStage()
              .handle((done, failure) -> {
                if (failure == null) {
                  made.add(result.getKey());
                } else if (!(unwrap(failure) instanceof TopicExistsException)) {
                  throw new KafkaProblem(explain(failure), failure);
                }
                return null;
              });
      all = all.thenCombine(one, (before, done) -> null);
    }
    return all.thenApply(done -> List.copyOf(made));
  }

  private NewTopic deliveries() {
    var topics = settings.topics();
    return topic(topics.deliveries(), topics.retention(), KafkaClients.RECORD_BYTES_MAX);
  }

  private NewTopic deadLetters() {
    var topics = settings.topics();
    return topic(
        topics.deadLetters(), topics.deadLetterRetention(), KafkaClients.DEAD_LETTER_BYTES_MAX);
  }

  private NewTopic topic(String name, Duration retention, int bytesMax) {
    var topics = settings.topics();
    return new NewTopic(name, topics.partitions(), (short) topics.replicas())
        .configs(
            Map.of(
                // By age alone: a broker's own limit on size would cut off what is not delivered.
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()),
                TopicConfig.RETENTION_BYTES_CONFIG,
                "-1",
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(topics.minInSyncReplicas()),
                // A replica that lacks records must not lead: what was acknowledged would be lost.
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(bytesMax)));
  }

  /** What keeps the topics from being used, in words for an operator; empty when nothing does. */
  public CompletionStage<Optional<String>> problem() {
    var names = List.of(settings.topics().deliveries(), settings.topics().deadLetters());
    return admin
        .describeTopics(names)
        .allTopicNames()
        .toCompletionStage()
        .thenApply(all -> names.stream().map(all::get).flatMap(it -> weak(it).stream()).findAny())
        .exceptionally(failure -> Optional.of(explain(failure)));
  }

  /** How many deliveries are not done: what the group has not committed, in all partitions. */
  CompletionStage<Long> lag() {
    return new KafkaLag(admin, settings.group(), settings.topics().deliveries()).records();
  }

  private Optional<String> weak(TopicDescription topic) {
    long weak = topic.partitions().stream().filter(this::isWeak).count();
    return weak == 0
        ? Optional.empty()
        : Optional.of(
            ("%d of %d partitions of Kafka's topic %s have no leader,"
                    + " or fewer than %d replicas in sync")
                .formatted(
                    weak,
                    topic.partitions().size(),
                    topic.name(),
                    settings.topics().minInSyncReplicas()));
  }

  private boolean isWeak(TopicPartitionInfo partition) {
    return partition.leader() == null
        || partition.leader().isEmpty()
        || partition.isr().size() < settings.topics().minInSyncReplicas();
  }

  private String explain(Throwable failure) {
    var topics = settings.topics();
    return switch (unwrap(failure)) {
      case UnknownTopicOrPartitionException missing ->
          ("Kafka has no topic %s or %s: run bin/parley schema,"
                  + " or set parley.kafka.create-topics = on")
              .formatted(topics.deliveries(), topics.deadLetters());
      case RetriableException unreachable ->
          "Kafka does not answer at %s: start it, or correct parley.kafka.bootstrap-servers (%s)"
              .formatted(settings.bootstrapServers(), unreachable.getMessage());
      case Throwable other ->
          "Kafka at %s refuses: %s; see parley.kafka"
              .formatted(settings.bootstrapServers(), other.getMessage());
    };
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
