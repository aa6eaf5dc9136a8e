package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;

/**
 * Holds one socket to its promise: every position after the start exactly once, ascending and none
 * skipped, but for those that come with the answer to a send of this very socket.
 */
final class ResumeStream {

  private final Set<Long> answered = new HashSet<>();
  private final Set<Long> owed = new HashSet<>();
  private final long latestAtStart;
  private long last;
  private boolean caughtUp;

  /**
   * @param from the stream starts after this position
   * @param latestAtStart how far the mailbox reached
   */
  ResumeStream(long from, long latestAtStart) {
    this.last = from;
    this.latestAtStart = latestAtStart;
  }

  /**
   * An entry came.
   *
   * @param unanswered sends of this socket that wait for their answer: only they may be left out
   */
  void entry(long pos, int unanswered) {
    assertThat(pos).as("ascending").isGreaterThan(last);
    skipTo(pos - 1, unanswered);
    assertThat(answered.remove(pos)).as("%d, which an answer has brought", pos).isFalse();
    last = pos;
  }

  /** The replay is over. */
  void caughtUp(long pos, int unanswered) {
    assertThat(caughtUp).as("caught up before").isFalse();
    assertThat(pos).as("caught up at").isGreaterThanOrEqualTo(latestAtStart);
    skipTo(pos, unanswered);
    caughtUp = true;
  }

  private void skipTo(long end, int unanswered) {
    while (last < end) {
      last++;
      if (!answered.remove(last)) {
        owed.add(last);
      }
    }
    assertThat(owed.size()).as("left out: %s", owed).isLessThanOrEqualTo(unanswered);
  }

  /**
   * A send was answered.
   *
   * @param isRepeat whether it was sent before: then its position may have been told already
   */
  void sent(long pos, boolean isRepeat) {
    if (owed.remove(pos)) {
      return;
    }
    if (pos > last) {
      assertThat(answered.add(pos) || isRepeat).as("%d answered twice", pos).isTrue();
      return;
    }
    assertThat(isRepeat).as("%d, told already, comes as the answer to a first send", pos).isTrue();
  }

  /** The replay is over, and nothing that was left out is still to come. */
  boolean isComplete() {
    return caughtUp && owed.isEmpty();
  }
}
