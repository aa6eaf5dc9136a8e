package parley.group;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import parley.message.GroupId;

/**
 * What lets whoever has it join a group: {@code <group id>.<secret>}, safe in a URL. The group
 * keeps only the secret's {@link #hash}.
 */
public record InviteToken(GroupId group, String secret) {

  private static final int SECRET_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new token of the group. */
  static InviteToken random(GroupId group) {
    var bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return new InviteToken(group, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Reads the text form; throws {@link IllegalArgumentException} when it is not one. */
  public static InviteToken parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("An invite's token is <group id>.<secret>");
    }
    return new InviteToken(new GroupId(text.substring(0, dot)), text.substring(dot + 1));
  }

  /** The SHA-256 of the secret, in hexadecimal: enough for what is drawn from 192 random bits. */
  String hash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The token in full: for whoever may have it, never for a log line. */
  public String text() {
    return group + "." + secret;
  }

  /** Never the secret: a log line may hold this. */
  @Override
  public String toString() {
    return "InviteToken[" + group + "]";
  }
}
