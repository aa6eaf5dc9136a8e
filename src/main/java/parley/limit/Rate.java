package parley.limit;

import java.time.Duration;

/**
 * How often something may be done.
 *
 * @param burst so often at once, after a pause; at least 1
 * @param oneEvery and then once in this time; zero: without limit
 */
public record Rate(int burst, Duration oneEvery) {

  static final Rate UNLIMITED = new Rate(1, Duration.ZERO);

  public Rate {
    if (burst < 1 || oneEvery.isNegative()) {
      throw new IllegalArgumentException("A rate is at least one at a time");
    }
  }
}
