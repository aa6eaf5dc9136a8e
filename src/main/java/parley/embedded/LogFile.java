package parley.embedded;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The bytes of one write-ahead log of RocksDB, as its log_format.h says:
 *
 * <pre>
 * file      blocks of 32 KiB; fewer than 7 bytes at the end of a block are padding
 * fragment  checksum 4 (CRC-32C of type and data, masked) / length 2 / type 1 / data
 * type      1 a whole record, or 2 its first, 3 middle, 4 last fragment; others are whole
 * record    of changes: number of the first 8 / how many 4 / ...; numbers go on without a gap
 * </pre>
 *
 * Numbers are little-endian.
 */
final class LogFile {

  private static final int BLOCK_BYTES = 32 * 1024;
  private static final int HEADER_BYTES = 7;
  private static final int WHOLE = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;
  private static final int CHECKSUM_MASK = 0xa282ead8;
  private static final int NUMBERS_BYTES = Long.BYTES + Integer.BYTES;
  private static final long UNKNOWN = -1;

  private final ByteBuffer bytes;

  /** Of the change after all those that are intact. */
  private long nextNumber = UNKNOWN;

  LogFile(ByteBuffer bytes) {
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the last of the whole records that stand one after the other from the start ends. */
  int intactBytes() {
    int intact = 0;
    int at = 0;
    long next = UNKNOWN;
    boolean within = false;
    while (isFragment(at)) {
      int type = bytes.get(at + HEADER_BYTES - 1);
      if (within != (type == MIDDLE || type == LAST)) {
        return intact;
      }
      within = type == FIRST || type == MIDDLE;
      if (type == FIRST || type == WHOLE) {
        next = hasNumbers(at) ? number(at) + count(at) : UNKNOWN;
      }
      at = afterPadding(at + HEADER_BYTES + dataBytes(at));
      if (!within) {
        intact = Math.min(at, bytes.limit());
        nextNumber = next;
      }
    }
    return intact;
  }

  /**
   * Where the first record at or after the place begins; empty when none does. What is between is
   * damage: a record is only written when the one before it is complete. The rest of a record, its
   * later fragments, does not count: the disk may have taken them before the earlier ones. Nor does
   * what only looks like a record, within the texts that users write: its number gives it away.
   */
  OptionalLong nextRecord(int from) {
    for (int at = from + 1; at + HEADER_BYTES <= bytes.limit(); at++) {
      int type = bytes.get(at + HEADER_BYTES - 1);
      if (type >= WHOLE
          && type <= FIRST
          && dataBytes(at) > 0
          && isFragment(at)
          && mayFollow(at, at - from)) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  /** Whether its number is one that the changes in so many bytes before it may lead to. */
  private boolean mayFollow(int at, int gapBytes) {
    if (nextNumber == UNKNOWN || !hasNumbers(at)) {
      return true;
    }
    long skipped = number(at) - nextNumber;
    return skipped >= 0 && skipped <= gapBytes;
  }

  private boolean hasNumbers(int at) {
    return dataBytes(at) >= NUMBERS_BYTES;
  }

  private long number(int at) {
    return bytes.getLong(at + HEADER_BYTES);
  }

  private int count(int at) {
    return bytes.getInt(at + HEADER_BYTES + Long.BYTES);
  }

  private boolean isFragment(int at) {
    if (at + HEADER_BYTES > bytes.limit()) {
      return false;
    }
    int end = at + HEADER_BYTES + dataBytes(at);
    int blockEnd = at - at % BLOCK_BYTES + BLOCK_BYTES;
    if (end > blockEnd || end > bytes.limit() || bytes.get(at + HEADER_BYTES - 1) == 0) {
      return false;
    }
    var checksum = new CRC32C();
    checksum.update(bytes.slice(at + HEADER_BYTES - 1, 1 + dataBytes(at)));
    int crc = (int) checksum.getValue();
    return bytes.getInt(at) == Integer.rotateRight(crc, 15) + CHECKSUM_MASK;
  }

  private int dataBytes(int at) {
    return Short.toUnsignedInt(bytes.getShort(at + 4));
  }

  private static int afterPadding(int at) {
    int left = BLOCK_BYTES - at % BLOCK_BYTES;
    return left < HEADER_BYTES ? at + left : at;
  }
}
