package parley.limit;

import static java.util.concurrent.TimeUnit.MICROSECONDS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One token bucket for each key, all of the same rate. Any thread may take.
 *
 * <p>A bucket is kept as one number, the time at which it will be full again (the generic cell rate
 * algorithm): a full bucket needs no place at all.
 */
public final class TokenBuckets {

  /** 100,000 keys take some 10 MB; more are active on one node only when keys are made up. */
  private static final int KEYS_MAX = 100_000;

  /** Looking for full buckets costs a pass over all: not more often than this. */
  private static final long SWEEP_PAUSE_MICROS = MICROSECONDS.convert(Duration.ofSeconds(1));

  private final long intervalMicros;
  private final long depthMicros;
  private final InstantSource clock;
  private final int keysMax;
  private final ConcurrentHashMap<String, Long> fullAt = new ConcurrentHashMap<>();
  private final AtomicLong nextSweep = new AtomicLong(Long.MIN_VALUE);

  public TokenBuckets(Rate rate, InstantSource clock) {
    this(rate, clock, KEYS_MAX);
  }

  /** When there are more keys than {@code keysMax} some bucket is forgotten, and so full. */
  TokenBuckets(Rate rate, InstantSource clock, int keysMax) {
    this.intervalMicros = MICROSECONDS.convert(rate.oneEvery());
    this.depthMicros = rate.burst() * intervalMicros;
    this.clock = clock;
    this.keysMax = keysMax;
  }

  /**
   * Takes one token from the key's bucket.
   *
   * @return empty: taken; else nothing was, and one can be had after this time
   */
  public Optional<Duration> take(String key) {
    if (intervalMicros == 0) {
      return Optional.empty();
    }
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    if (fullAt.mappingCount() >= keysMax && !fullAt.containsKey(key)) {
      makeRoom(now);
    }
    long[] wait = {0};
    fullAt.compute(
        key,
        (it, before) -> {
          // A bucket that is full later than an empty one is of before the clock went back.
          long full = before == null ? now : Math.clamp(before, now, now + depthMicros);
          long next = full + intervalMicros;
          wait[0] = next - now - depthMicros;
          return wait[0] > 0 ? full : next;
        });
    return wait[0] > 0 ? Optional.of(Duration.of(wait[0], ChronoUnit.MICROS)) : Optional.empty();
  }

  private void makeRoom(long now) {
    long due = nextSweep.get();
    if (now >= due && nextSweep.compareAndSet(due, now + SWEEP_PAUSE_MICROS)) {
      fullAt.values().removeIf(full -> full <= now);
    }
    var keys = fullAt.keySet().iterator();
    while (fullAt.mappingCount() >= keysMax && keys.hasNext()) {
      keys.next();
      keys.remove();
    }
  }

  /** How many buckets take a place in memory. */
  long size() {
    return fullAt.mappingCount();
  }
}
