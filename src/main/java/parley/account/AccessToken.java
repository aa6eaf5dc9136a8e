package parley.account;

import java.time.Instant;

/**
 * What a device shows with every request.
 *
 * @param expiresAt in whole seconds
 */
public record AccessToken(String text, Instant expiresAt) {

  /** Never the token: a log line may hold this. */
  @Override
  public String toString() {
    return "AccessToken[expiresAt=" + expiresAt + "]";
  }
}
