package parley.load.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The bytes of one user's file: they look random, and can be said again from any position on, so
 * that none of them has to be kept. They repeat after a prime number of bytes: whatever piece is
 * missing, twice or in another's place, all that follows it is wrong.
 *
 * @param user begins at another byte than others
 */
record Content(int user, long sizeBytes) {

  private static final int PERIOD = 1_048_573;
  private static final int STEP = 7_919;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final byte[] BYTES = new byte[PERIOD];

  static {
    new SplittableRandom(1).nextBytes(BYTES);
  }

  /** Fills what is given with the bytes from there on. */
  private void fill(long position, byte[] into, int offset, int length) {
    int from = (int) ((position + (long) user * STEP) % PERIOD);
    for (int done = 0; done < length; ) {
      int some = Math.min(length - done, PERIOD - from);
      System.arraycopy(BYTES, from, into, offset + done, some);
      done += some;
      from = 0;
    }
  }

  InputStream stream() {
    return new InputStream() {
      private long position;

      @Override
      public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        if (position == sizeBytes) {
          return -1;
        }
        int some = (int) Math.min(length, sizeBytes - position);
        fill(position, into, offset, some);
        position += some;
        return some;
      }
    };
  }

  /** Whether these are the bytes, all of them and none more. Reads to the end, or to the fault. */
  boolean matches(InputStream other) throws IOException {
    var read = new byte[CHUNK_BYTES];
    var expected = new byte[CHUNK_BYTES];
    for (long position = 0; position < sizeBytes; ) {
      int wanted = (int) Math.min(CHUNK_BYTES, sizeBytes - position);
      int some = other.readNBytes(read, 0, wanted);
      fill(position, expected, 0, wanted);
      if (some < wanted || !Arrays.equals(read, 0, some, expected, 0, some)) {
        return false;
      }
      position += some;
    }
    return other.read() < 0;
  }
}
