package parley.distribution;

import static java.util.concurrent.TimeUnit.SECONDS;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.services.RunningKafka;

/** One node as far as Kafka is concerned, with mailboxes of the test's own. */
final class KafkaNode {

  static final String PART = "kafka";

  final ActorSystem<Void> system;
  final KafkaDistribution distribution;
  final Health health = new Health(List.of(PART));
  final Metrics metrics = new Metrics();

  /**
   * @param config what it has in place of the defaults
   */
  KafkaNode(KafkaSettings settings, String config) {
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "kafka",
            ConfigFactory.parseString(config)
                .withFallback(
                    ConfigFactory.parseString(
                        """
                        akka.actor.provider = local
                        akka.coordinated-shutdown.run-by-actor-system-terminate = off
                        """))
                .withFallback(ConfigFactory.load()));
    distribution = KafkaDistribution.start(settings, system, health, PART, metrics);
  }

  KafkaNode(KafkaSettings settings) {
    this(settings, "");
  }

  /** Settings for topics of the test's own, of four partitions, which a node makes. */
  static KafkaSettings settings(RunningKafka kafka) {
    var name = kafka.freshName();
    return new KafkaSettings(
        kafka.bootstrapServers(),
        name + "-group",
        Duration.ofMillis(200),
        new KafkaSettings.Topics(
            name, name + "-dead", 4, 1, 1, Duration.ofDays(1), Duration.ofDays(1), true),
        new KafkaSettings.Sending(Duration.ofSeconds(60), 100_000),
        new KafkaSettings.Work(
            500,
            1024 * 1024,
            16,
            Duration.ofMillis(10),
            Duration.ofMillis(200),
            Duration.ofMillis(500)),
        Map.of());
  }

  /** Returns once the topics have been seen. */
  void awaitUp() {
    get(distribution.usable());
  }

  /** An orderly end. */
  void stop() {
    CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.unknownReason());
    ended();
  }

  /** An end without order: nothing is drained, nothing committed, nobody told. */
  void kill() {
    system.terminate();
    ended();
  }

  private void ended() {
    get(system.getWhenTerminated());
    metrics.close();
  }

  static <T> T get(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(60, SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
