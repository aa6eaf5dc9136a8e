package parley.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Compressed sets of mailbox positions (Lemire et al., "Roaring Bitmaps", 2016). Positions are
 * taken as unsigned 32-bit numbers: a mailbox holds 4,294,967,295 entries at the most.
 */
final class Positions {

  private static final long LAST = 0xFFFF_FFFFL;
  private static final Comparator<PeekableIntIterator> BY_NEXT =
      (one, other) -> Integer.compareUnsigned(one.peekNext(), other.peekNext());

  private Positions() {}

  /** The lowest position of a set that is not empty. */
  static long first(RoaringBitmap positions) {
    return Integer.toUnsignedLong(positions.first());
  }

  /** The highest position of the set that is not above the given one; there is one. */
  static long last(RoaringBitmap positions, long pos) {
    return positions.previousValue((int) Math.min(pos, LAST)) & LAST;
  }

  /**
   * The first positions after the given one that are in any of the sets, ascending. The sets have
   * none in common. Costs as much as there are sets and found positions, however large they are.
   */
  static List<Long> after(long pos, int limit, Collection<RoaringBitmap> sets) {
    if (pos >= LAST) {
      return List.of();
    }
    var nearest = new PriorityQueue<PeekableIntIterator>(BY_NEXT);
    for (var set : sets) {
      var positions = set.getIntIterator();
      positions.advanceIfNeeded((int) (Math.max(pos, 0) + 1));
      addTo(nearest, positions);
    }
    var found = new ArrayList<Long>();
    while (!nearest.isEmpty() && found.size() < limit) {
      var positions = nearest.remove();
      found.add(Integer.toUnsignedLong(positions.next()));
      addTo(nearest, positions);
    }
    return found;
  }

  private static void addTo(Queue<PeekableIntIterator> nearest, PeekableIntIterator positions) {
    if (positions.hasNext()) {
      nearest.add(positions);
    }
  }

  /** The set in Roaring's portable format. */
  static ByteBuffer write(RoaringBitmap positions) {
    positions.runOptimize();
    var bytes = ByteBuffer.allocate(positions.serializedSizeInBytes());
    positions.serialize(bytes);
    return bytes.flip();
  }

  static RoaringBitmap read(ByteBuffer bytes) {
    try {
      var positions = new RoaringBitmap();
      positions.deserialize(bytes.duplicate());
      return positions;
    } catch (IOException e) {
      throw new UncheckedIOException("A set of positions is damaged", e);
    }
  }
}
