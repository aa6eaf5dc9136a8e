package parley.distribution;

import akka.actor.typed.ActorSystem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.ops.Health;
import parley.ops.Metrics;

/**
 * Looks at Kafka every now and then: tells the node's health and how far the workers are behind,
 * and keeps it from writing before the topics are there, since a broker would make a missing one in
 * its own way.
 */
final class KafkaWatch {

  private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);

  private final KafkaSettings settings;
  private final ActorSystem<?> system;
  private final Health health;
  private final String part;
  private final Metrics metrics;
  private final CompletableFuture<Void> usable = new CompletableFuture<>();
  private volatile Optional<String> last = Optional.of("Kafka was not looked at yet");
  private Optional<KafkaTopics> topics = Optional.empty();
  private boolean stopped;

  KafkaWatch(
      KafkaSettings settings, ActorSystem<?> system, Health health, String part, Metrics metrics) {
    this.settings = settings;
    this.system = system;
    this.health = health;
    this.part = part;
    this.metrics = metrics;
  }

  /** Looks for the first time, and from then on. */
  void start() {
    lookAndReport();
  }

  private void lookAndReport() {
    look().thenAcceptAsync(this::report, system.executionContext());
  }

  void stop() {
    Optional<KafkaTopics> open;
    synchronized (this) {
      stopped = true;
      open = topics;
      topics = Optional.empty();
    }
    // Not under the lock: this waits for the client's thread, which may be about to report.
    open.ifPresent(KafkaTopics::close);
  }

  /** Done when the topics have been found to be there, for the first time. */
  CompletionStage<Void> usable() {
    return usable;
  }

  /** Why nothing can be written: the topics have not been seen since the start. */
  Optional<String> obstacle() {
    return usable.isDone() ? Optional.empty() : last;
  }

  private synchronized CompletionStage<Optional<String>> look() {
    if (stopped) {
      return CompletableFuture.completedStage(Optional.of("This node stops"));
    }
    try {
      var current = topics.orElseGet(() -> new KafkaTopics(settings));
      topics = Optional.of(current);
      boolean creates = settings.topics().create() && !usable.isDone();
      return creates
          ? current.create().thenCompose(made -> current.problem()).exceptionally(KafkaWatch::why)
          : current.problem();
    } catch (KafkaProblem e) {
      return CompletableFuture.completedStage(why(e));
    }
  }

  private static Optional<String> why(Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return Optional.of(cause.getMessage());
  }

  private synchronized void report(Optional<String> problem) {
    if (stopped) {
      return;
    }
    if (!problem.equals(last)) {
      problem.ifPresentOrElse(
          why -> log.warn("Kafka cannot be used, will look again: {}", why),
          () -> log.info("Kafka can be used, servers={}", settings.bootstrapServers()));
    }
    last = problem;
    problem.ifPresentOrElse(
        why -> health.down(part, why),
        () -> {
          health.up(part);
          usable.complete(null);
          measure();
        });
    system
        .scheduler()
        .scheduleOnce(settings.checkInterval(), this::lookAndReport, system.executionContext());
  }

  /** When Kafka does not say it now, the next look will. */
  private void measure() {
    topics.ifPresent(open ->
        open.lag().thenAccept(records -> metrics.lagging(settings.topics().deliveries(), records)));
  }
}
