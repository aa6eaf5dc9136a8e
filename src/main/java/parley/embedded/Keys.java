package parley.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keys by persistence id: {@code {length 2} {id, UTF-8} [{sequence 8}]}, big-endian. */
final class Keys {

  private static final int ID_BYTES_MAX = 0xFFFF;

  private Keys() {}

  /** The key of the id itself. */
  static byte[] of(String persistenceId) {
    return start(persistenceId, 0).array();
  }

  /** The key of one row of the id. */
  static byte[] of(String persistenceId, long sequence) {
    return start(persistenceId, Long.BYTES).putLong(sequence).array();
  }

  private static ByteBuffer start(String persistenceId, int moreBytes) {
    var id = persistenceId.getBytes(StandardCharsets.UTF_8);
    if (id.length > ID_BYTES_MAX) {
      throw new IllegalArgumentException("A persistence id has at most 65535 bytes");
    }
    return ByteBuffer.allocate(Short.BYTES + id.length + moreBytes)
        .putShort((short) id.length)
        .put(id);
  }

  /** The sequence number that a row's key ends with. */
  static long sequence(byte[] key) {
    return number(key, key.length - Long.BYTES);
  }

  /** The number at the place. */
  static long number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getLong(at);
  }

  /** The number as a value. */
  static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
