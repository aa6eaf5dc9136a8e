package parley.media;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What some bytes are to add up to.
 *
 * @param algorithm as tus names it
 */
public record Checksum(String algorithm, byte[] digest) {

  private static final Map<String, String> ALGORITHMS =
      new TreeMap<>(Map.of("sha1", "SHA-1", "sha256", "SHA-256", "md5", "MD5"));

  /** The algorithms that are known, in order. */
  public static Set<String> algorithms() {
    return ALGORITHMS.keySet();
  }

  /**
   * Reads {@code sha1 <base64>}; throws {@link IllegalArgumentException} when it is not of the
   * form, or the algorithm is not known.
   */
  public static Checksum parse(String text) {
    var words = text.strip().split(" ", 2);
    if (words.length != 2 || !ALGORITHMS.containsKey(words[0])) {
      throw new IllegalArgumentException(
          "one of %s, a blank, and the digest in base64 are expected"
              .formatted(String.join(", ", ALGORITHMS.keySet())));
    }
    return new Checksum(words[0], Base64.getDecoder().decode(words[1].strip()));
  }

  MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(ALGORITHMS.get(algorithm));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm, e);
    }
  }

  boolean matches(byte[] other) {
    return MessageDigest.isEqual(digest, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checksum that
        && that.algorithm.equals(algorithm)
        && Arrays.equals(that.digest, digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest);
  }
}
