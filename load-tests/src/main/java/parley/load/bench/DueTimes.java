package parley.load.bench;

/**
 * When each of a sender's latest messages was due: of all that are not answered yet, and of some
 * more.
 */
final class DueTimes {

  private static final int FIRST = 64;

  private long[] times = new long[FIRST];

  /**
   * Notes when the sender's next message is due.
   *
   * @param outstanding how many are not answered, this one among them
   */
  void put(long sequence, long dueNanos, long outstanding) {
    if (2 * outstanding > times.length) {
      grow(sequence);
    }
    times[place(sequence)] = dueNanos;
  }

  private void grow(long next) {
    var before = times;
    times = new long[2 * before.length];
    for (long kept = Math.max(1, next - before.length); kept < next; kept++) {
      times[place(kept)] = before[(int) (kept % before.length)];
    }
  }

  /** When it was due, by {@link System#nanoTime()}. */
  long of(long sequence) {
    return times[place(sequence)];
  }

  private int place(long sequence) {
    return (int) (sequence % times.length);
  }
}
