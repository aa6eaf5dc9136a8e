package parley;

import akka.actor.typed.ActorSystem;
import java.util.Optional;
import parley.cluster.ShardedUsers;
import parley.distribution.DirectDistributor;
import parley.distribution.Distributor;
import parley.distribution.KafkaDistribution;
import parley.ops.Health;
import parley.ops.Metrics;

/**
 * How deliveries get to their recipients.
 *
 * @param kafka empty: from actor to actor
 */
record Distribution(ShardedUsers users, Optional<KafkaDistribution> kafka) {

  /** What the node's health calls Kafka. */
  static final String KAFKA = "kafka";

  /** From actor to actor. */
  static Distribution direct(ShardedUsers users) {
    return new Distribution(users, Optional.empty());
  }

  /** Through Kafka, which is looked for from now on. */
  static Distribution kafka(
      ShardedUsers users,
      Settings settings,
      ActorSystem<?> system,
      Health health,
      Metrics metrics) {
    return new Distribution(
        users,
        Optional.of(KafkaDistribution.start(settings.kafka(), system, health, KAFKA, metrics)));
  }

  /** Where senders hand their batches over. */
  Distributor distributor() {
    return kafka.map(KafkaDistribution::distributor).orElseGet(() -> new DirectDistributor(users));
  }

  /** Takes deliveries to the recipients, if something is to be taken. */
  void work() {
    kafka.ifPresent(it -> it.work(users));
  }
}
