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

  private Fingerprint() {}

  /** The fingerprint of the text. */
  public static long of(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
