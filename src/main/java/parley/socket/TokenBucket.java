package parley.socket;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** An allowance that refills steadily. May be used from any thread. */
final class TokenBucket {

  private final double perMilli;
  private final int burst;
  private final InstantSource clock;
  private double tokens;
  private Instant filledAt;

  /**
   * @param perSecond how much comes back in a second
   * @param burst how much it holds, and has at first
   */
  TokenBucket(int perSecond, int burst, InstantSource clock) {
    this.perMilli = perSecond / 1000.0;
    this.burst = burst;
    this.clock = clock;
    this.tokens = burst;
    this.filledAt = clock.instant();
  }

  /** Takes one: zero when there was one, else how long to wait for it. */
  synchronized Duration take() {
    refill();
    if (tokens >= 1) {
      tokens -= 1;
      return Duration.ZERO;
    }
    return Duration.ofMillis((long) Math.ceil((1 - tokens) / perMilli));
  }

  private void refill() {
    var now = clock.instant();
    long passed = Duration.between(filledAt, now).toMillis();
    if (passed > 0) {
      tokens = Math.min(burst, tokens + passed * perMilli);
      filledAt = now;
    }
  }
}
