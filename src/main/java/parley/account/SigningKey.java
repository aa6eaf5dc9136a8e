package parley.account;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parley.StartFailure;

/**
 * The secret that signs access tokens. Whoever has it can be any user.
 *
 * <p>Its bytes are those of a text, in UTF-8, so that all nodes of a cluster, and load tools, can
 * be given the same one. A node that is given none makes one for itself:
 *
 * <pre>
 * {data folder}/signing-key => 32 random bytes in base64url, 43 characters; mode 600
 * </pre>
 */
public final class SigningKey {

  private static final String FILE_NAME = "signing-key";
  private static final int SIZE_BYTES_MIN = 32; // HS256 takes no less: RFC 7518, section 3.2.

  private final byte[] secret;

  private SigningKey(byte[] secret) {
    this.secret = secret;
  }

  /** The key that the text is. Throws {@link StartFailure} when it has less than 32 bytes. */
  public static SigningKey of(String text) {
    var secret = text.getBytes(StandardCharsets.UTF_8);
    if (secret.length < SIZE_BYTES_MIN) {
      throw new StartFailure(
          "parley.account.signing-key has %d bytes, but needs at least %d"
              .formatted(secret.length, SIZE_BYTES_MIN));
    }
    return new SigningKey(secret);
  }

  /**
   * The folder's own key, made at the first time. Throws {@link StartFailure} when it cannot be
   * read or written, or what is there is no key. One process at a time may do this in a folder.
   */
  public static SigningKey inFolder(Path folder) {
    var file = folder.resolve(FILE_NAME);
    var text = KeyFile.text(file, SigningKey::newText);
    try {
      if (Base64.getUrlDecoder().decode(text).length < SIZE_BYTES_MIN) {
        throw malformed(file);
      }
    } catch (IllegalArgumentException e) {
      throw malformed(file);
    }
    return of(text);
  }

  private static StartFailure malformed(Path file) {
    return new StartFailure(
        "%s is not a signing key; put it back from a copy, or remove it and all must sign in again"
            .formatted(file));
  }

  private static String newText() {
    var random = new byte[SIZE_BYTES_MIN];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** A copy: whoever holds it keeps it to themselves. */
  byte[] secret() {
    return secret.clone();
  }

  /** A key of 32 bytes for another purpose: tells nothing of this one, nor of other purposes. */
  public byte[] derived(String purpose) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Never the key: a log line may hold this. */
  @Override
  public String toString() {
    return "SigningKey[" + secret.length + " bytes]";
  }
}
