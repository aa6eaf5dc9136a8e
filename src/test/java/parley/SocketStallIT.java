package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand devices that do not read cost the node little, and the others nothing. */
class SocketStallIT {

  private static final int STALLED_USERS = 20;
  private static final int SOCKETS_EACH = 50;
  private static final int MESSAGES_EACH = 100;
  private static final int TEXT_BYTES = 16 * 1024;
  private static final int PAIRS = 10;
  private static final int ROUNDS = 100;
  private static final int IN_FLIGHT_MOST = 50;

  /** What waits for the devices that do not read is three times as much. */
  private static final String HEAP = "-Xmx512m";

  @TempDir private Path folder;

  private RunningNode node;

  @BeforeEach
  void start() {
    node = RunningNode.start(folder.resolve("data"), SocketFixture.SETTINGS, HEAP);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void a_thousand_devices_that_do_not_read_slow_nobody_down() {
    var stalledUsers = users("stalled", STALLED_USERS);
    var stalled = new ArrayList<StalledSocket>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var user : stalledUsers) {
        for (int i = 0; i < SOCKETS_EACH; i++) {
          stalled.add(StalledSocket.attach(user));
        }
      }
      var flood = threads.submit(() -> flood(stalledUsers));
      var chats =
          IntStream.range(0, PAIRS).mapToObj(i -> threads.submit(() -> slowestRound(i))).toList();

      await(flood);
      assertThat(chats).allSatisfy(slowest -> assertThat(await(slowest)).isLessThan(roundWithin()));
      stalledUsers.forEach(SocketStallIT::assertReadable);
      assertThat(heapUsedBytes()).isLessThan(512L * 1024 * 1024);
    } finally {
      stalled.forEach(StalledSocket::close);
    }
  }

  /** How long a message and its answer may take at most. */
  Duration roundWithin() {
    return Duration.ofSeconds(5);
  }

  private List<ChatUser> users(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> ChatUser.register(node.uri(), name + "-" + i))
        .toList();
  }

  /** Fills the mailboxes of those who do not read; ends when all is safe. */
  private Void flood(List<ChatUser> recipients) {
    var sender = ChatUser.register(node.uri(), "flood");
    var text = "x".repeat(TEXT_BYTES);
    try (var socket = SocketClient.live(SocketLibrary.JDK, sender)) {
      for (int i = 0; i < MESSAGES_EACH * STALLED_USERS; i++) {
        socket.sendMessage("f-" + i, recipients.get(i % STALLED_USERS).id(), text);
        if (i >= IN_FLIGHT_MOST) {
          socket.await("sent");
        }
      }
      socket.await("sent", IN_FLIGHT_MOST);
    }
    return null;
  }

  /** Two users who write to and fro: how long the slowest message took to be answered. */
  private Duration slowestRound(int pair) {
    var ann = ChatUser.register(node.uri(), "ann-" + pair);
    var ben = ChatUser.register(node.uri(), "ben-" + pair);
    var slowest = Duration.ZERO;
    try (var left = SocketClient.live(SocketLibrary.JDK, ann);
        var right = SocketClient.live(SocketLibrary.JAVA_WEBSOCKET, ben)) {
      for (int round = 0; round < ROUNDS; round++) {
        long start = System.nanoTime();
        left.sendMessage("l-" + round, ben.id(), "ping " + round);
        right.ack(SocketFixture.pos(right.await("message")));
        right.sendMessage("r-" + round, ann.id(), "pong " + round);
        left.ack(SocketFixture.pos(left.await("message")));
        var took = Duration.ofNanos(System.nanoTime() - start);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
      }
    }
    return slowest;
  }

  /** All of it is there for the device when it reads again. */
  private static void assertReadable(ChatUser user) {
    try (var socket = SocketClient.open(SocketLibrary.JDK, user)) {
      socket.attach(0);
      assertThat(socket.await("message", MESSAGES_EACH)).hasSize(MESSAGES_EACH);
      socket.await("caught-up");
    }
  }

  private double heapUsedBytes() {
    return ChatUser.call(node.uri(), "GET", "/metrics", "")
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
