package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Users with two devices each, on bad networks, who write to one another while something happens to
 * the nodes; and then everything that the delivery contract says about their mailboxes.
 */
final class ResumeCrowd {

  /** Nothing of an access token's end is tested here. */
  static final String SETTINGS =
      SocketFixture.SETTINGS
          + """
          parley.account.access-token-lifetime = 6h
          """;

  private static final Duration SETTLE_WITHIN = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final int LOOKS_AT_REST = 4;

  private final ResumeWorld world;
  private final List<ResumeDevice> devices = new ArrayList<>();

  private ResumeCrowd(ResumeWorld world) {
    this.world = world;
  }

  /**
   * New users, of a system that has none.
   *
   * @param sendEvery how often a device says something, on average
   */
  static ResumeCrowd register(URI node, int users, Duration sendEvery, long seed) {
    var ids = IntStream.range(0, users).mapToObj(i -> "user-" + i).toList();
    var crowd = new ResumeCrowd(new ResumeWorld(node, ids, sendEvery));
    for (var id : ids) {
      crowd.add(ChatUser.register(node, id), 1, SocketLibrary.JDK, seed);
      crowd.add(ChatUser.signIn(node, id), 2, SocketLibrary.JAVA_WEBSOCKET, seed);
    }
    return crowd;
  }

  private void add(ChatUser user, int number, SocketLibrary library, long seed) {
    devices.add(new ResumeDevice(user, number, library, seed + devices.size(), world));
  }

  ResumeWorld world() {
    return world;
  }

  /** Lets all devices live while that happens, and until they are at rest; then checks them. */
  void assertDelivered(Runnable happening) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      devices.forEach(threads::submit);
      try {
        happening.run();
        world.settle();
        awaitRest();
      } finally {
        world.end();
      }
    }
    world.assertNotFailed();
    new ResumeCheck(devices).assertAll();
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

  /** How many messages were acknowledged, over how many connections. */
  String summary() {
    int messages = devices.stream().mapToInt(device -> device.sends().answered().size()).sum();
    return "%d messages, %d connections".formatted(messages, world.connections());
  }
}
