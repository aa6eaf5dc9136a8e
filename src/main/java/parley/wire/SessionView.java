package parley.wire;

import java.time.Instant;
import parley.message.DeviceId;
import parley.message.UserId;

/**
 * A session that was opened or renewed.
 *
 * @param token for the Authorization header
 * @param expiresAt when the token does
 * @param refreshToken to be exchanged, once, for the next token
 */
public record SessionView(
    UserId userId, DeviceId deviceId, String token, Instant expiresAt, String refreshToken) {

  /** Never the tokens: a log line may hold this. */
  @Override
  public String toString() {
    return "SessionView[" + userId + ", " + deviceId + "]";
  }
}
