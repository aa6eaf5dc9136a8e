package parley.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A text in 64 bits: the first eight bytes of the SHA-256 of its UTF-8. Fingerprints are stored,
 * and so how they are made never changes.
 */
public final class Fingerprint {

  // There are several for every message, and finding the algorithm each time is not free.
  private static final ThreadLocal<MessageDigest> DIGEST =
      ThreadLocal.withInitial(Fingerprint::digest);

  private Fingerprint() {}

  /** The fingerprint of the text. */
  public static long of(String text) {
    var digest = DIGEST.get().digest(text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(digest).getLong();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
