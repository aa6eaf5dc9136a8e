package parley.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parley.message.MediaId;

/**
 * Signed links to media: whoever has one may see the medium until it expires, without signing in,
 * as pages' own elements and caches need it. All nodes sign with the same key.
 *
 * <pre>
 * base64url of: expiry in seconds since 1970     8 bytes
 *               HMAC-SHA-256 of media id, expiry  32 bytes
 * </pre>
 */
public final class Links {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIZE_BYTES = Long.BYTES + 32;

  private final SecretKeySpec key;
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * @param key a secret of 32 bytes
   */
  public Links(byte[] key, Duration lifetime, InstantSource clock) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** A link's secret part. */
  public record Signature(String text, Instant expiresAt) {}

  /** Signs a link that holds for a while. */
  public Signature sign(MediaId id) {
    var expiresAt = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    var expiry = expiresAt.getEpochSecond();
    var bytes = ByteBuffer.allocate(SIZE_BYTES).putLong(expiry).put(mac(id, expiry)).array();
    return new Signature(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), expiresAt);
  }

  /** Whether it is a signature for the medium, and holds still. */
  public boolean holds(MediaId id, String signature) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
    if (bytes.length != SIZE_BYTES) {
      return false;
    }
    long expiry = ByteBuffer.wrap(bytes).getLong();
    var mac = Arrays.copyOfRange(bytes, Long.BYTES, SIZE_BYTES);
    return MessageDigest.isEqual(mac, mac(id, expiry))
        && clock.instant().getEpochSecond() < expiry;
  }

  private byte[] mac(MediaId id, long expiry) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal((id + " " + expiry).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
    }
  }
}
