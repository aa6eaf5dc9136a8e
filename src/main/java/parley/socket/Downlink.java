package parley.socket;

import akka.actor.typed.ActorRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.Refusal;
import parley.socket.SessionCommand.Close;
import parley.socket.SessionCommand.ToDevice;

/**
 * The way to the device. Frames are collected and go out together; the next ones when the last have
 * been taken, so that whoever fills it can see that the device does not keep up.
 */
final class Downlink {

  /** Answers that may wait for a device that sends and does not read; then it is not read from. */
  private static final int FRAMES_MAX = 512;

  /** Beyond so many that wait, what may be lost is. */
  private static final int LOSSY_FRAMES_MAX = 64;

  private final List<ServerFrame> waiting = new ArrayList<>();
  private Optional<ActorRef<ToDevice>> device = Optional.empty();
  private Optional<Close> close = Optional.empty();
  private boolean ready;
  private boolean flushing;

  void open(ActorRef<ToDevice> opened) {
    device = Optional.of(opened);
    ready = true;
  }

  /** What went out last has been taken. */
  void written() {
    ready = true;
  }

  /** Frames go out in this order. */
  void write(ServerFrame frame) {
    if (close.isEmpty()) {
      waiting.add(frame);
    }
  }

  /** The same for what may be lost: it is, when the device does not keep up. */
  void writeIfRoom(ServerFrame frame) {
    if (waiting.size() < LOSSY_FRAMES_MAX) {
      write(frame);
    }
  }

  /** Closes the socket after what was written; it says why. */
  void close(CloseCode code, Refusal why) {
    write(ServerFrame.Error.of(Optional.empty(), why));
    close(code, why.detail());
  }

  /** Closes the socket after what was written. */
  void close(CloseCode code, String reason) {
    if (close.isEmpty()) {
      close = Optional.of(new Close(code.code(), reason));
    }
  }

  boolean isClosing() {
    return close.isPresent();
  }

  /** Whether the device has taken everything. */
  boolean isReady() {
    return ready && waiting.isEmpty();
  }

  /** Whether so much waits that the device should not be read from. */
  boolean isFull() {
    return waiting.size() >= FRAMES_MAX;
  }

  /** Whether something can go out that nobody has been told to let go: tells so once. */
  boolean isFlushDue() {
    boolean isDue = !flushing && canFlush();
    flushing |= isDue;
    return isDue;
  }

  private boolean canFlush() {
    return ready && device.isPresent() && (!waiting.isEmpty() || close.isPresent());
  }

  /** Lets go out what was written. */
  void flush() {
    flushing = false;
    if (canFlush()) {
      device.get().tell(new ToDevice(List.copyOf(waiting), close));
      waiting.clear();
      ready = false;
      device = close.isPresent() ? Optional.empty() : device;
    }
  }
}
