package parley.embedded;

import java.time.Duration;

/**
 * What the store has committed since it was opened.
 *
 * @param groups commits, which is syncs when they are on
 * @param writes what was committed in them
 * @param time how long all commits took together
 */
public record Commits(long groups, long writes, Duration time) {

  Commits plus(long groupWrites, Duration groupTime) {
    return new Commits(groups + 1, writes + groupWrites, time.plus(groupTime));
  }
}
