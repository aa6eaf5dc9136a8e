package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * One device on a bad network: now and then its connection breaks in one way or another, and it
 * comes back with what it remembers.
 */
final class ResumeDevice implements Runnable {

  private static final Duration FRAME_WAIT = Duration.ofMillis(50);
  private static final int CUT_EVERY_MS = 6_000;

  private final ChatUser user;
  private final String name;
  private final SocketLibrary library;
  private final Random random;
  private final ResumeWorld world;
  private final ResumeStore store = new ResumeStore();
  private final ResumeSends sends;
  private final ResumeReceipts receipts;
  private Optional<SocketClient> abandoned = Optional.empty();
  private long acked;
  private volatile String missing = "everything";

  ResumeDevice(ChatUser user, int number, SocketLibrary library, long seed, ResumeWorld world) {
    this.user = user;
    this.name = user.id() + "." + number;
    this.library = library;
    this.random = new Random(seed);
    this.world = world;
    this.sends = new ResumeSends(user.id(), "d" + number);
    this.receipts = new ResumeReceipts(user.id());
  }

  ChatUser user() {
    return user;
  }

  String name() {
    return name;
  }

  Random random() {
    return random;
  }

  ResumeWorld world() {
    return world;
  }

  ResumeStore store() {
    return store;
  }

  ResumeSends sends() {
    return sends;
  }

  /** Stores an entry of the mailbox. */
  void keep(long pos, ResumeStore.Entry entry) {
    store.put(pos, entry);
    receipts.note(entry);
  }

  /** The furthest position that was ever acknowledged. */
  long acked() {
    return acked;
  }

  void acked(long pos) {
    acked = Math.max(acked, pos);
  }

  /** What this device still waits for, in words; empty when it is at rest. */
  String missing() {
    return missing;
  }

  @Override
  public void run() {
    try {
      while (world.isRunning()) {
        connect().ifPresentOrElse(this::live, this::waitForTheNode);
      }
    } catch (RuntimeException | AssertionError e) {
      world.failed(name, e);
    }
    abandoned.ifPresent(SocketClient::cut);
  }

  private void waitForTheNode() {
    world.pause(Duration.ofMillis(50 + random.nextInt(150)));
  }

  private Optional<SocketClient> connect() {
    user.moveTo(world.node());
    try {
      return Optional.of(SocketClient.open(library, user));
    } catch (UncheckedIOException down) {
      return Optional.empty();
    } catch (SocketLibrary.Refused refused) {
      // The node is busy; or a load balancer had none, lost it, or waited for it in vain.
      assertThat(refused.status()).as("status of the upgrade").isIn(503, 502, 504);
      return Optional.empty();
    }
  }

  /** One connection, from its beginning to its end. */
  private void live(SocketClient socket) {
    world.connected();
    var session = new ResumeSession(this, socket);
    session.attach();
    long cutAt = ResumeSession.in(random.nextInt(2 * CUT_EVERY_MS));
    while (world.isRunning() && !session.wantsToLeave() && !socket.hasEnded()) {
      socket.poll(FRAME_WAIT).ifPresentOrElse(session::on, session::rest);
      session.speak();
      missing = world.isSettling() ? missing(session) : "the end";
      if (ResumeSession.isDue(cutAt) && !world.isSettling()) {
        breakOff(socket);
        return;
      }
    }
    if (socket.hasEnded()) {
      assertMayReconnect(socket.awaitEnd());
    } else {
      socket.close();
    }
  }

  private String missing(ResumeSession session) {
    var ofSession = session.missing();
    return ofSession.isEmpty() ? receipts.missing() : ofSession;
  }

  private void breakOff(SocketClient socket) {
    switch (random.nextInt(3)) {
      case 0 -> socket.close();
      case 1 -> socket.cut();
      default -> abandon(socket);
    }
  }

  /** Leaves the connection open and forgets it, as when a network changes. */
  private void abandon(SocketClient socket) {
    abandoned.ifPresent(SocketClient::cut);
    abandoned = Optional.of(socket);
  }

  private static void assertMayReconnect(SocketClient.Closed end) {
    if (end.code() != SocketLibrary.NO_CLOSE_FRAME) {
      assertThat(end.code()).as(end.reason()).isBetween(4000, 4499);
    }
  }
}
