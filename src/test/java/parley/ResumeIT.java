package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The delivery contract on a bad network: fifty users with two devices each write to one another
 * while their connections break at random, and the node is killed twice and restarted once.
 *
 * <p>{@code -Dparley.resume.minutes=10} makes it longer, {@code -Dparley.resume.seed=7} different.
 */
class ResumeIT {

  private static final int USERS = 50;
  private static final Duration SEND_EVERY = Duration.ofMillis(500);
  private static final Duration LENGTH =
      Duration.ofMinutes(Integer.getInteger("parley.resume.minutes", 1));
  private static final long SEED = Long.getLong("parley.resume.seed", 20261123);

  @TempDir private Path folder;

  private final List<Duration> away = new ArrayList<>();
  private RunningNode node;
  private ResumeWorld world;

  @Test
  void what_was_acknowledged_is_on_all_devices_exactly_once_and_in_order() {
    node = startNode();
    var crowd = ResumeCrowd.register(node.uri(), USERS, SEND_EVERY, SEED);
    world = crowd.world();
    crowd.assertDelivered(this::breakTheNode);
    System.out.println(summary(crowd));
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private RunningNode startNode() {
    return RunningNode.start(folder.resolve("data"), ResumeCrowd.SETTINGS, "-Xmx1g");
  }

  /** Twice by kill -9, and once in between in order. */
  private void breakTheNode() {
    var quarter = LENGTH.dividedBy(4);
    world.pause(quarter);
    restartAfter(node::kill);
    world.pause(quarter);
    restartAfter(() -> assertThat(node.terminate()).as("exit code").isZero());
    world.pause(quarter);
    restartAfter(node::kill);
    world.pause(quarter);
  }

  private void restartAfter(Runnable end) {
    long start = System.nanoTime();
    end.run();
    node = startNode();
    world.nodeIsAt(node.uri());
    away.add(Duration.ofNanos(System.nanoTime() - start));
  }

  private String summary(ResumeCrowd crowd) {
    var away = this.away.stream().map(ResumeIT::seconds).toList();
    return "Resume: seed %d, %s, node away for %s, longest answer %s"
        .formatted(SEED, crowd.summary(), away, seconds(world.takeLongestWait()));
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1_000.0);
  }
}
