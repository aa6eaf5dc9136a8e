package parley.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.message.UserId;
import parley.ops.Health;
import parley.services.RunningKafka;
import parley.services.Services;

/** What an operator is told, and how topics come about. */
@ExtendWith(Services.class)
class KafkaTopicsIT {

  private static final Talk TALK = new Talk(new UserId("ann"), new UserId("ben"));

  private static KafkaSettings notCreating(KafkaSettings settings, String servers) {
    var topics = settings.topics();
    return new KafkaSettings(
        servers,
        settings.group(),
        settings.checkInterval(),
        new KafkaSettings.Topics(
            topics.deliveries(),
            topics.deadLetters(),
            topics.partitions(),
            topics.replicas(),
            topics.minInSyncReplicas(),
            topics.retention(),
            topics.deadLetterRetention(),
            false),
        settings.sending(),
        settings.work(),
        Map.of());
  }

  private static void awaitDown(KafkaNode node, String why) {
    var probe = TestProbe.create(node.system);
    probe.awaitAssert(
        Duration.ofSeconds(30),
        () -> {
          assertThat(node.health.parts().get(KafkaNode.PART)).asString().contains(why);
          return null;
        });
  }

  @Test
  void topics_are_made_once(RunningKafka kafka) {
    var settings = KafkaNode.settings(kafka);
    try (var topics = new KafkaTopics(settings)) {
      assertThat(KafkaNode.get(topics.problem()).orElseThrow()).contains("run bin/parley schema");
      assertThat(KafkaNode.get(topics.create()))
          .containsExactly(settings.topics().deliveries(), settings.topics().deadLetters());
      assertThat(KafkaNode.get(topics.create())).isEmpty();
      assertThat(KafkaNode.get(topics.problem())).isEmpty();
    }
  }

  @Test
  void a_node_says_that_topics_are_missing_and_works_once_they_are_made(RunningKafka kafka) {
    var settings = notCreating(KafkaNode.settings(kafka), kafka.bootstrapServers());
    var mailboxes = new ScriptedMailboxes();
    var node = new KafkaNode(settings);
    node.distribution.work(mailboxes);
    try {
      awaitDown(node, "run bin/parley schema");
      assertThat(
              node.distribution
                  .distributor()
                  .distribute(TALK.deliveries(1, 1))
                  .toCompletableFuture())
          .isCompletedExceptionally();

      try (var topics = new KafkaTopics(settings)) {
        KafkaNode.get(topics.create());
      }
      node.awaitUp();
      assertThat(node.health.parts()).containsEntry(KafkaNode.PART, new Health.Up());
      KafkaNode.get(node.distribution.distributor().distribute(TALK.deliveries(1, 1)));
      assertThat(mailboxes.arrivals(TALK.to(), 1)).isEqualTo(TALK.deliveries(1, 1));
    } finally {
      node.stop();
    }
  }

  @Test
  void a_node_says_that_kafka_does_not_answer(RunningKafka kafka) {
    var node = new KafkaNode(notCreating(KafkaNode.settings(kafka), "127.0.0.1:1"));
    try {
      awaitDown(node, "Kafka does not answer at 127.0.0.1:1");
    } finally {
      node.stop();
    }
  }

  @Test
  void a_node_says_that_there_is_no_such_host(RunningKafka kafka) {
    var node = new KafkaNode(notCreating(KafkaNode.settings(kafka), "no-such-host.invalid:9092"));
    try {
      awaitDown(node, "parley.kafka.bootstrap-servers");
    } finally {
      node.stop();
    }
  }
}
