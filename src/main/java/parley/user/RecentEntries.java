package parley.user;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import parley.message.Positioned;

/**
 * The latest entries of a mailbox, in memory: without a gap up to the last, bounded in number and
 * in bytes of content. A cache: after a recovery it holds only what was replayed.
 */
final class RecentEntries {

  private static final int SLOTS_MIN = 8;

  private final int entriesMax;
  private final int bytesMax;
  private Positioned[] slots = new Positioned[SLOTS_MIN];
  private long first = 1;
  private long next = 1;
  private int bytes;

  RecentEntries(int entriesMax, int bytesMax) {
    this.entriesMax = entriesMax;
    this.bytesMax = bytesMax;
  }

  /** Makes it empty, the next entry being the one at {@code pos}. */
  void startAt(long pos) {
    Arrays.fill(slots, null);
    first = pos;
    next = pos;
    bytes = 0;
  }

  /** Adds the entry at the next position. */
  void add(Positioned entry) {
    if (entry.pos() != next) {
      throw new IllegalStateException("Expected position " + next + " but got " + entry.pos());
    }
    if (next - first == slots.length) {
      grow();
    }
    slots[slot(next)] = entry;
    next++;
    bytes += entry.entry().sizeBytes();
    while (next - first > entriesMax || (bytes > bytesMax && next - first > 1)) {
      forgetFirst();
    }
  }

  private void grow() {
    var larger = new Positioned[slots.length * 2];
    for (long pos = first; pos < next; pos++) {
      larger[(int) (pos & (larger.length - 1))] = slots[slot(pos)];
    }
    slots = larger;
  }

  private void forgetFirst() {
    bytes -= slots[slot(first)].entry().sizeBytes();
    slots[slot(first)] = null;
    first++;
  }

  private int slot(long pos) {
    return (int) (pos & (slots.length - 1));
  }

  /** The position from which on all entries are here. */
  long first() {
    return first;
  }

  /** The entry at a position from {@link #first()} on. */
  Positioned at(long pos) {
    return slots[slot(pos)];
  }

  /** The first fitting entry from the position on. */
  Optional<Positioned> find(long from, Predicate<Positioned> fits) {
    for (long pos = Math.max(from, first); pos < next; pos++) {
      if (fits.test(at(pos))) {
        return Optional.of(at(pos));
      }
    }
    return Optional.empty();
  }

  /** The last fitting entry between the positions, both excluded. */
  Optional<Positioned> findLast(long after, long before, Predicate<Positioned> fits) {
    for (long pos = Math.min(before, next) - 1; pos > after && pos >= first; pos--) {
      if (fits.test(at(pos))) {
        return Optional.of(at(pos));
      }
    }
    return Optional.empty();
  }
}
