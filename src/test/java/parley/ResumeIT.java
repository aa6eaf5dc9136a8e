package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final Duration LENGTH =
      Duration.ofMinutes(Integer.getInteger("parley.resume.minutes", 1));
  private static final long SEED = Long.getLong("parley.resume.seed", 20261123);
  private static final Duration SETTLE_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int LOOKS_AT_REST = 4;
  private static final String SETTINGS =
      SocketFixture.SETTINGS
          + """
          parley.account.access-token-lifetime = 6h
          """;

  @TempDir private Path folder;

  private final List<Duration> away = new ArrayList<>();
  private RunningNode node;
  private ResumeWorld world;
  private List<ResumeDevice> devices;

  @Test
  void what_was_acknowledged_is_on_all_devices_exactly_once_and_in_order() {
    start();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      devices.forEach(threads::submit);
      runToTheEnd();
    }
    world.assertNotFailed();
    new ResumeCheck(devices).assertAll();
    System.out.println(summary());
  }

  private void runToTheEnd() {
    try {
      breakTheNode();
      world.settle();
      awaitRest();
    } finally {
      world.end();
    }
  }

  @AfterEach
  void stop() {
    if (node != null) {
      node.close();
    }
  }

  private void start() {
    node = startNode();
    var ids = IntStream.range(0, USERS).mapToObj(i -> "user-" + i).toList();
    world = new ResumeWorld(node.uri(), ids);
    devices = new ArrayList<>();
    for (var id : ids) {
      var first = ChatUser.register(node.uri(), id);
      var second = ChatUser.signIn(node.uri(), id);
      devices.add(device(first, 1, SocketLibrary.JDK));
      devices.add(device(second, 2, SocketLibrary.JAVA_WEBSOCKET));
    }
  }

  private RunningNode startNode() {
    return RunningNode.start(folder.resolve("data"), SETTINGS, "-Xmx1g");
  }

  private ResumeDevice device(ChatUser user, int number, SocketLibrary library) {
    return new ResumeDevice(user, number, library, SEED + devices.size(), world);
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

  /** Waits until nobody waits for anything, and nothing comes any more. */
  private void awaitRest() {
    long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
    var before = List.<Long>of();
    for (int looks = 0; looks < LOOKS_AT_REST && world.isRunning(); ) {
      world.pause(LOOK_EVERY);
      var missing = missing();
      var cursors = devices.stream().map(device -> device.store().cursor()).toList();
      looks = missing.isEmpty() && cursors.equals(before) ? looks + 1 : 0;
      before = cursors;
      assertThat(deadline - System.nanoTime()).as("no rest: %s", missing).isPositive();
    }
  }

  private String missing() {
    return devices.stream()
        .filter(device -> !device.missing().isEmpty())
        .map(device -> device.name() + " misses " + device.missing())
        .limit(10)
        .collect(Collectors.joining(", "));
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1_000.0);
  }

  private String summary() {
    int messages = devices.stream().mapToInt(device -> device.sends().answered().size()).sum();
    var away = this.away.stream().map(ResumeIT::seconds).toList();
    return "Resume: seed %d, %d messages, %d connections, node away for %s, longest answer %s"
        .formatted(SEED, messages, world.connections(), away, seconds(world.longestWait()));
  }
}
