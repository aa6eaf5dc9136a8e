package parley.push;

import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;

/**
 * How one device is reached: as its browser has given it.
 *
 * @param endpoint where the push service takes notifications for it
 * @param p256dh the browser's public key, a point of P-256 in base64url
 * @param auth 16 bytes that the browser shares with the node, in base64url
 */
public record PushSubscription(String endpoint, String p256dh, String auth) {

  private static final int AUTH_CHARACTERS = 22;

  /** What a client sent. Throws {@link IllegalArgumentException} when nothing can be sent there. */
  public static PushSubscription checked(String endpoint, String p256dh, String auth) {
    try {
      UserAgentMessageEncryptionKeyInfo.of(p256dh, auth);
    } catch (RuntimeException e) {
      // Of several types, as it is no base64url, no point, or none of that curve.
      throw new IllegalArgumentException("It is no public key in base64url", e);
    }
    if (auth.replace("=", "").length() != AUTH_CHARACTERS) {
      throw new IllegalArgumentException("16 bytes in base64url are expected");
    }
    return new PushSubscription(endpoint, p256dh, auth);
  }

  /** Never the endpoint or the keys, which let others send: a log line may hold this. */
  @Override
  public String toString() {
    return "PushSubscription[…]";
  }
}
