package parley.socket;

import java.util.ArrayList;
import java.util.List;

/** Frames that are handed over together, up to a bound. */
final class Gathering {

  /** What frames weigh that are handed over together, in bytes; a small one weighs a little too. */
  private static final long BYTES_MAX = 256 * 1024;

  private static final int FRAME_BYTES_MIN = 1024;

  private List<ClientFrame> frames = List.of();
  private long bytes;

  void add(ClientFrame frame) {
    if (frames.isEmpty()) {
      frames = new ArrayList<>();
    }
    frames.add(frame);
    bytes += Math.max(FRAME_BYTES_MIN, frame.sizeBytes());
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  /** Whether no more should be added before these are handed over. */
  boolean isFull() {
    return bytes >= BYTES_MAX;
  }

  /** Those that were added since the last time, in order. */
  List<ClientFrame> take() {
    var taken = frames;
    frames = List.of();
    bytes = 0;
    return taken;
  }
}
