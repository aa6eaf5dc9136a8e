package parley.load.client;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The frames of RFC 6455 as this client needs them: whole text frames, pings and closes. */
final class Framing {

  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** The most bytes before the payload of a frame that a client sends. */
  static final int HEADER_BYTES_MAX = 14;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int OPCODE = 0x0f;
  private static final int LENGTH = 0x7f;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int TWO_BYTES_MOST = 0xffff;

  private Framing() {}

  /** A frame that a server sent; the payload is a part of the buffer that it was read from. */
  record Received(int opcode, ByteBuffer payload) {}

  /** Puts a masked frame into the buffer, which has room for it. */
  static void put(ByteBuffer out, int opcode, byte[] payload, int mask) {
    out.put((byte) (FINAL | opcode));
    if (payload.length < TWO_BYTES) {
      out.put((byte) (MASKED | payload.length));
    } else if (payload.length <= TWO_BYTES_MOST) {
      out.put((byte) (MASKED | TWO_BYTES)).putShort((short) payload.length);
    } else {
      out.put((byte) (MASKED | EIGHT_BYTES)).putLong(payload.length);
    }
    out.putInt(mask);
    for (int i = 0; i < payload.length; i++) {
      out.put((byte) (payload[i] ^ mask >>> (3 - (i & 3)) * Byte.SIZE));
    }
  }

  /**
   * Takes the next frame out of the buffer; empty while it is not there as a whole. Fails with
   * {@link IllegalStateException} on what Parley never sends: masked frames, and ones in parts.
   */
  static Optional<Received> take(ByteBuffer in) {
    if (in.remaining() < 2) {
      return Optional.empty();
    }
    int start = in.position();
    int first = in.get(start);
    int second = in.get(start + 1);
    if ((first & FINAL) == 0 || (first & OPCODE) == 0 || (second & MASKED) != 0) {
      throw new IllegalStateException("A frame that is masked, or in parts");
    }
    int header = headerBytes(second & LENGTH);
    if (in.remaining() < header) {
      return Optional.empty();
    }
    long length = length(in, start + 2, second & LENGTH);
    if (in.remaining() < header + length) {
      return Optional.empty();
    }
    var payload = in.slice(start + header, (int) length);
    in.position(start + header + (int) length);
    return Optional.of(new Received(first & OPCODE, payload));
  }

  private static int headerBytes(int length) {
    return switch (length) {
      case TWO_BYTES -> 2 + Short.BYTES;
      case EIGHT_BYTES -> 2 + Long.BYTES;
      default -> 2;
    };
  }

  private static long length(ByteBuffer in, int at, int length) {
    return switch (length) {
      case TWO_BYTES -> Short.toUnsignedInt(in.getShort(at));
      case EIGHT_BYTES -> in.getLong(at);
      default -> length;
    };
  }
}
