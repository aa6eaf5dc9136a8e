package parley.user;

import java.time.Instant;
import java.util.Arrays;

/**
 * From where in the journal on the positions of a mailbox are: one mark for every {@link #STRIDE}
 * of them, so that any entry is found by reading a short range. Sixteen bytes a mark: 1,000,000
 * entries take 62 KB.
 */
final class PositionIndex {

  /** Positions from one mark to the next: what a reader may read in vain. */
  static final int STRIDE = 256;

  private long[] sequences;
  private long[] times;
  private int marks;

  PositionIndex() {
    this(new long[0], new long[0]);
  }

  /** The index whose marks these are, as {@link #sequences()} and {@link #times()} gave them. */
  PositionIndex(long[] sequences, long[] times) {
    this.sequences = sequences.clone();
    this.times = times.clone();
    this.marks = sequences.length;
  }

  /** Takes note of an entry; to be called for each position in turn. */
  void add(long pos, long sequence, Instant at) {
    if ((pos - 1) % STRIDE != 0) {
      return;
    }
    if (marks == sequences.length) {
      sequences = Arrays.copyOf(sequences, Math.max(4, marks + marks / 2));
      times = Arrays.copyOf(times, sequences.length);
    }
    sequences[marks] = sequence;
    times[marks] = at.toEpochMilli();
    marks++;
  }

  /** The number of the stretch that the position is in. */
  int stretch(long pos) {
    return (int) ((pos - 1) / STRIDE);
  }

  /**
   * The journal sequence number of the event that the stretch begins with, or an earlier one: the
   * marks count events, and a journal leaves numbers out where a write that its writer had given up
   * got there all the same.
   */
  long from(int stretch) {
    return sequences[stretch];
  }

  /**
   * The journal sequence number from which on an entry is that came at or after the given time: the
   * beginning when all may be.
   */
  long since(Instant time) {
    int found = Arrays.binarySearch(times, 0, marks, time.toEpochMilli());
    int firstNotBefore = found >= 0 ? found : -found - 1;
    while (firstNotBefore > 0 && times[firstNotBefore - 1] >= time.toEpochMilli()) {
      firstNotBefore--;
    }
    return firstNotBefore == 0 ? 1 : sequences[firstNotBefore - 1];
  }

  long[] sequences() {
    return Arrays.copyOf(sequences, marks);
  }

  long[] times() {
    return Arrays.copyOf(times, marks);
  }
}
