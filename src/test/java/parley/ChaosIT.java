package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import parley.services.RunningCassandra;
import parley.services.RunningHaproxy;
import parley.services.RunningKafka;
import parley.services.Services;

/**
 * The delivery contract of a whole cluster: fifty users with two devices each write to one another
 * through HAProxy while nodes, Cassandra and Kafka fail one after the other.
 *
 * <p>{@code -Dparley.chaos.rounds=10} makes it longer, {@code -Dparley.chaos.seed=7} different.
 */
@ExtendWith(Services.class)
class ChaosIT {

  private static final int NODES = 3;
  private static final int USERS = 50;

  /** Five JVMs and a hundred devices share the cores of this machine: faults are its load. */
  private static final Duration SEND_EVERY = Duration.ofSeconds(2);

  private static final int ROUNDS = Integer.getInteger("parley.chaos.rounds", 1);
  private static final long SEED = Long.getLong("parley.chaos.seed", 20261123);
  private static final Duration FAULT = Duration.ofSeconds(10);

  /** So that what a fault has held up is answered before the next one. */
  private static final Duration CALM = Duration.ofSeconds(15);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  private final Map<String, Duration> longestPauses = new LinkedHashMap<>();
  private RunningCluster cluster;
  private ResumeWorld world;

  @Test
  void whatever_fails_all_that_was_acknowledged_arrives_exactly_once_and_in_order(
      RunningCassandra cassandra, RunningKafka kafka) {
    var config = Path.of(System.getProperty("parley.home"), "conf/haproxy.cfg");
    try (var nodes = RunningCluster.start(folder, ResumeCrowd.SETTINGS, NODES);
        var balancer = RunningHaproxy.start(config, nodes.uris())) {
      cluster = nodes;
      var crowd = ResumeCrowd.register(balancer.uri(), USERS, SEND_EVERY, SEED);
      world = crowd.world();
      crowd.assertDelivered(() -> rounds(cassandra, kafka));
      System.out.println(summary(crowd));
    }
  }

  private void rounds(RunningCassandra cassandra, RunningKafka kafka) {
    for (int round = 0; round < ROUNDS && world.isRunning(); round++) {
      int dying = round % NODES;
      survive("nothing", () -> world.pause(FAULT));
      survive("a node killed and restarted", () -> killAndRestart(dying));
      survive("Cassandra paused", () -> paused(cassandra::pause, cassandra::resume));
      survive("Kafka paused", () -> paused(kafka::pause, kafka::resume));
      survive("a rolling restart", this::restartAll);
    }
  }

  /** Notes the longest that a send waited for its answer meanwhile. */
  private void survive(String fault, Runnable happening) {
    world.takeLongestWait();
    happening.run();
    world.pause(CALM);
    longestPauses.merge(fault, world.takeLongestWait(), ChaosIT::longer);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private void killAndRestart(int number) {
    cluster.kill(number);
    world.pause(FAULT);
    cluster.start(number);
  }

  private void paused(Runnable pause, Runnable resume) {
    pause.run();
    try {
      world.pause(FAULT);
    } finally {
      resume.run();
    }
  }

  private void restartAll() {
    for (int number = 0; number < cluster.size(); number++) {
      assertThat(cluster.terminate(number)).as("exit code").isZero();
      cluster.start(number);
      world.pause(FAULT);
    }
  }

  private String summary(ResumeCrowd crowd) {
    var pauses =
        longestPauses.entrySet().stream()
            .map(it -> "\n  %s: %.1f s".formatted(it.getKey(), it.getValue().toMillis() / 1_000.0))
            .collect(Collectors.joining());
    return "Chaos: seed %d, %s; the longest that a send waited for its answer with%s"
        .formatted(SEED, crowd.summary(), pauses);
  }
}
