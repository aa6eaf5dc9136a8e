package parley.push;

import java.time.Duration;
import java.util.Optional;

/**
 * How notifications are sent; application.conf says what each is for.
 *
 * @param key the private key; empty: the data folder's own
 * @param contact who operates this node, as a URL; empty: nobody is named
 * @param allowLocal whether endpoints may be inside this network
 */
public record PushSettings(
    boolean enabled,
    Optional<String> key,
    Optional<String> contact,
    boolean allowLocal,
    Duration delay,
    Duration pause,
    Duration timeToLive,
    Duration timeout,
    int sendingMax,
    int waitingMax) {

  /** Never the key: a log line may hold this. */
  @Override
  public String toString() {
    return "PushSettings[enabled=%s, key=%s, contact=%s, allowLocal=%s]"
        .formatted(enabled, key.isPresent() ? "given" : "own", contact, allowLocal);
  }
}
