package parley.user;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Compressed sets of mailbox positions (Lemire et al., "Roaring Bitmaps", 2016). Positions are
 * taken as unsigned 32-bit numbers: a mailbox holds 4,294,967,295 entries at the most.
 */
final class Positions {

  private Positions() {}

  /** The lowest position of a set that is not empty. */
  static long first(RoaringBitmap positions) {
    return Integer.toUnsignedLong(positions.first());
  }

  /** The first positions after the given one that are in any of the sets, ascending. */
  static List<Long> after(long pos, int limit, Collection<RoaringBitmap> sets) {
    var found = new ArrayList<Long>();
    var all = FastAggregation.or(sets.iterator()).getIntIterator();
    skipTo(all, pos + 1);
    while (all.hasNext() && found.size() < limit) {
      found.add(Integer.toUnsignedLong(all.next()));
    }
    return found;
  }

  private static void skipTo(PeekableIntIterator positions, long pos) {
    if (positions.hasNext()) {
      positions.advanceIfNeeded((int) Math.min(pos, 0xFFFF_FFFFL));
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
