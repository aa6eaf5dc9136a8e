package parley.load.bench;

import java.nio.charset.StandardCharsets;
import java.util.PriorityQueue;
import parley.load.client.Connection;
import parley.load.client.Frame;

/**
 * One user's device: attaches, counts positions, and acknowledges what it has without a gap. That a
 * position comes twice, or never, is a fault.
 */
final class Device implements Connection.Listener {

  /** Well below the 256 that are sent ahead: the stream need not wait for the next round. */
  private static final int UNACKNOWLEDGED_MAX = 64;

  private static final byte[] ATTACH = bytes("{\"t\":\"attach\"}");
  private static final byte[] HELLO = Frame.type("hello");
  private static final byte[] MESSAGE = Frame.type("message");
  private static final byte[] SENT = Frame.type("sent");
  private static final byte[] CAUGHT_UP = Frame.type("caught-up");
  private static final byte[] PRESENCE = Frame.type("presence");
  private static final byte[] ERROR = Frame.type("error");
  private static final byte[] POS = Frame.numberKey("pos");
  private static final byte[] FROM = Frame.numberKey("from");
  private static final byte[] REF = Frame.textKey("ref");
  private static final byte[] BUSY = bytes("\"status\":503");

  private final int user;
  private final Traffic traffic;
  private final PriorityQueue<Long> ahead = new PriorityQueue<>(1);
  private Connection connection;
  private long position;
  private long acknowledged;
  private boolean wasRefused;

  /** What the devices of a run are told and asked. All calls come on the loop's thread. */
  interface Traffic {

    /** It has everything that was there when it attached. */
    default void ready(Device device) {}

    /** It has received a message. */
    default void received(Device device, Frame message) {}

    /** What it sent under that number is safe. */
    default void sent(Device device, long sequence) {}

    /** What it sent under that number was refused as busy: it is to be repeated. */
    default void refused(Device device, long sequence) {
      failed("User " + device.user() + " was refused as busy");
    }

    /** A moment has passed. */
    default void passed(Device device) {}

    /** What had arrived together has been told: it may send. */
    default void paused(Device device) {}

    /** Whether acknowledgements wait for the next round. */
    default boolean acknowledgesLater() {
      return true;
    }

    /** Something went wrong that never should. */
    void failed(String why);

    /** A socket has ended, which was not asked to. */
    default void ended(String why) {
      failed(why);
    }
  }

  Device(int user, Traffic traffic) {
    this.user = user;
    this.traffic = traffic;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whose it is. */
  int user() {
    return user;
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void opened(Connection opened) {
    connection = opened;
    opened.send(ATTACH);
    opened.flush();
  }

  @Override
  public void received(Connection from, Frame frame) {
    if (frame.is(MESSAGE)) {
      took(frame.number(POS));
      traffic.received(this, frame);
    } else if (frame.is(SENT)) {
      tookOwn(frame.number(POS));
      traffic.sent(this, frame.number(REF));
    } else if (frame.is(HELLO)) {
      position = frame.number(FROM);
      acknowledged = position;
    } else if (frame.is(CAUGHT_UP)) {
      traffic.ready(this);
    } else if (frame.is(ERROR) && frame.has(BUSY)) {
      wasRefused = true;
      traffic.refused(this, frame.number(REF));
    } else if (frame.is(ERROR)) {
      traffic.failed("User " + user + " was refused: " + frame);
    } else if (!frame.is(PRESENCE)) {
      took(frame.number(POS));
    }
  }

  /** What was refused and yet journaled may have come as a message before it is answered. */
  private void tookOwn(long pos) {
    boolean known = pos <= position || ahead.contains(pos);
    if (!wasRefused || !known) {
      took(pos);
    }
  }

  private void took(long pos) {
    if (pos <= position) {
      traffic.failed("User " + user + " was told position " + pos + " again");
    } else if (pos > position + 1) {
      ahead.add(pos);
    } else {
      position = pos;
      while (!ahead.isEmpty() && ahead.peek() == position + 1) {
        position = ahead.remove();
      }
    }
  }

  @Override
  public void paused(Connection paused) {
    traffic.paused(this);
    if (!traffic.acknowledgesLater() || position - acknowledged >= UNACKNOWLEDGED_MAX) {
      acknowledge();
    }
    paused.flush();
  }

  /** A moment has passed: what waited for it is done. */
  void passed() {
    traffic.passed(this);
    acknowledge();
  }

  private void acknowledge() {
    if (position > acknowledged && connection != null) {
      acknowledged = position;
      connection.send(bytes("{\"t\":\"ack\",\"pos\":" + position + "}"));
    }
  }

  /** Whether positions are missing below one that it was told. */
  boolean hasGap() {
    return !ahead.isEmpty();
  }

  @Override
  public void closed(String why) {
    traffic.ended("User " + user + " lost the socket: " + why);
  }
}
