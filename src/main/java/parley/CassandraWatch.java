package parley;

import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.archive.CassandraCluster;
import parley.ops.Health;

/**
 * Asks Cassandra a cheap question every now and then, the next one after the answer to the last,
 * and tells the node's health. The log has one line when it goes away, and one when it is back.
 */
final class CassandraWatch {

  private static final Logger log = LoggerFactory.getLogger(CassandraWatch.class);
  private static final Duration CHECK = Duration.ofSeconds(1);

  private final CassandraCluster cluster;
  private final ActorSystem<?> system;
  private final Health health;
  private final String part;
  private boolean isDown;

  CassandraWatch(CassandraCluster cluster, ActorSystem<?> system, Health health, String part) {
    this.cluster = cluster;
    this.system = system;
    this.health = health;
    this.part = part;
  }

  /** Looks for the first time, and from then on. */
  void look() {
    cluster
        .check()
        .handle((done, failure) -> Optional.ofNullable(failure).map(CassandraWatch::why))
        .thenAcceptAsync(this::report, system.executionContext());
  }

  private static String why(Throwable failure) {
    return failure instanceof CompletionException wrapped
        ? wrapped.getCause().getMessage()
        : failure.getMessage();
  }

  private synchronized void report(Optional<String> problem) {
    if (problem.isPresent() && !isDown) {
      log.warn("Cassandra cannot be used, will look again: {}", problem.get());
    } else if (problem.isEmpty() && isDown) {
      log.info("Cassandra can be used again");
    }
    isDown = problem.isPresent();
    problem.ifPresentOrElse(why -> health.down(part, why), () -> health.up(part));
    system.scheduler().scheduleOnce(CHECK, this::look, system.executionContext());
  }
}
