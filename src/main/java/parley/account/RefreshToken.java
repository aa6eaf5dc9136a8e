package parley.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.message.SessionId;
import parley.message.UserId;

/**
 * What a device shows once, to get the next access token and the next one of these.
 *
 * <p>Its text form is {@code <userId>.<sessionId>.<secret>}: it says whose actor to ask. Only its
 * hash is kept, so what is stored cannot be shown.
 *
 * @param secret 32 random bytes in base64url: 43 characters
 */
public record RefreshToken(UserId user, SessionId session, String secret) {

  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Throws {@link IllegalArgumentException} when a part is not of its form. */
  public RefreshToken {
    if (!SESSION.matcher(session.value()).matches() || !SECRET.matcher(secret).matches()) {
      throw new IllegalArgumentException("A refresh token is <userId>.<sessionId>.<secret>");
    }
  }

  /** A new one: no two have the same secret. */
  public static RefreshToken random(UserId user, SessionId session) {
    var secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new RefreshToken(user, session, base64(secret));
  }

  /** Reads the text form; empty when it is not one. */
  public static Optional<RefreshToken> parse(String text) {
    var parts = text.split("\\.", 4);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(new RefreshToken(new UserId(parts[0]), new SessionId(parts[1]), parts[2]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What the device is given. */
  public String text() {
    return user + "." + session + "." + secret;
  }

  /** The SHA-256 of the text form, in base64url: what the user's actor keeps and compares. */
  public String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return base64(digest.digest(text().getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Never the secret: a log line may hold this. */
  @Override
  public String toString() {
    return "RefreshToken[" + user + ", " + session + "]";
  }
}
