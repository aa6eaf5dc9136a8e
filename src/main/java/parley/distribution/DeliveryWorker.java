package parley.distribution;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.kafka.CommitterSettings;
import akka.kafka.ConsumerMessage.Committable;
import akka.kafka.ConsumerMessage.CommittableMessage;
import akka.kafka.Subscriptions;
import akka.kafka.javadsl.Committer;
import akka.kafka.javadsl.Consumer;
import akka.stream.RestartSettings;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.RestartSource;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings what is in the topic to the recipients' actors. The workers of all nodes share the
 * partitions (one consumer group); {@link RecipientOrder} does the work of one partition.
 *
 * <p><b>Nothing is lost:</b> the offset that is committed is that of the first record that is not
 * done; done is what the recipient's actor has journaled, or what is safe in the dead letters.
 * Whoever takes a partition over, after a crash, a rebalance or an orderly leave, begins there. A
 * late commit of the one before it can only move the beginning back. Recipients drop what they are
 * brought twice.
 *
 * <p><b>Nothing is overtaken:</b> a recipient's deliveries are all in one partition, and of those
 * one message is under way at a time, which is repeated until the actor confirms it. Two workers
 * may have the same partition for a moment: each of them is still in order, and the second begins
 * with what the first was not confirmed.
 *
 * <p><b>It gets on:</b> a delivery waits only for its recipient's actor to answer, and the actor
 * refuses only what has a gap before it. In a partition each delivery stands behind its predecessor
 * ({@link KafkaDistributor}), so by then the predecessor has been confirmed: there is no gap, and
 * nothing that is further on in the partition is needed first. A gap is still met
 *
 * <ul>
 *   <li>when partitions were added while the topic was not empty: the predecessor is in another
 *       partition then, whose progress does not hang on this one, so that waiting helps;
 *   <li>when the predecessor is lost: by Kafka, which keeps nothing for ever, or by the recipient's
 *       journal, or as a dead letter. Waiting does not help.
 * </ul>
 *
 * When the patience has run out, the recipient is told that the gap is lost. Its actor takes the
 * messages of it from the archive and goes on behind it: a loss is one of positions, not of what
 * was said, and the conversation does not end with it. Should the missing one stand behind after
 * all, it is delivered first.
 *
 * <p>A recipient whose actor never answers holds its partition up when the window is full: that is
 * the price of not losing what is for it.
 */
final class DeliveryWorker {

  private static final Duration RESTART_MIN = Duration.ofMillis(200);
  private static final Duration RESTART_MAX = Duration.ofSeconds(5);
  private static final double RESTART_JITTER = 0.2;

  private final ActorSystem<?> system;
  private final KafkaSettings settings;
  private final RecipientOrder.Desk desk;
  private volatile Optional<Consumer.Control> control = Optional.empty();
  private Optional<CompletionStage<Done>> running = Optional.empty();
  private volatile boolean stops;

  DeliveryWorker(ActorSystem<?> system, KafkaSettings settings, RecipientOrder.Desk desk) {
    this.system = system;
    this.settings = settings;
    this.desk = desk;
  }

  /** Starts to deliver. When Kafka goes away it starts again, with growing pauses, for ever. */
  synchronized void start() {
    if (!stops) {
      var restarts = RestartSettings.create(RESTART_MIN, RESTART_MAX, RESTART_JITTER);
      running =
          Optional.of(
              RestartSource.onFailuresWithBackoff(restarts, this::attempt)
                  .runWith(Sink.ignore(), system));
    }
  }

  private Source<Done, NotUsed> attempt() {
    if (stops) {
      return Source.empty();
    }
    var consumer = new KafkaClients(settings).consumer(system);
    var topic = Subscriptions.topics(settings.topics().deliveries());
    return Consumer.committablePartitionedSource(consumer, topic)
        .mapMaterializedValue(control -> {
          this.control = Optional.of(control);
          if (stops) {
            control.shutdown();
          }
          return NotUsed.getInstance();
        })
        .flatMapMerge(
            KafkaSettings.PARTITIONS_MAX, partition -> partition.second().via(deliveries()))
        .via(Committer.flow(CommitterSettings.create(system)));
  }

  private Flow<CommittableMessage<String, byte[]>, Committable, NotUsed> deliveries() {
    return Flow.<CommittableMessage<String, byte[]>>create()
        .map(message ->
            new RecipientOrder.Arrival<Committable>(message.record(), message.committableOffset()))
        .via(new RecipientOrder<>(settings.work(), desk));
  }

  /**
   * Takes nothing more, ends what is being delivered, commits it and leaves the group; done when it
   * has. What it has read beyond that is left to the other workers.
   */
  synchronized CompletionStage<Done> stop() {
    stops = true;
    var ended = running.orElse(CompletableFuture.completedStage(Done.getInstance()));
    control.ifPresent(current -> current.drainAndShutdown(ended, system.executionContext()));
    return ended;
  }
}
