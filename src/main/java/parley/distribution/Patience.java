package parley.distribution;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.message.ConversationId;
import parley.message.UserId;

/** How long deliveries wait for a missing one before them. */
final class Patience {

  /** Gaps that are remembered as hopeless, so that nobody waits for them a second time. */
  private static final int HOPELESS_MAX = 1_000;

  private final Duration most;
  private final Map<Whose, Long> hopeless =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Whose, Long> eldest) {
          return size() > HOPELESS_MAX;
        }
      };

  Patience(Duration most) {
    this.most = most;
  }

  /** One conversation of one recipient. */
  private record Whose(UserId recipient, ConversationId conversation) {}

  /** Whether it has waited long enough; then it is not waited for again. */
  boolean ends(Lane<?> lane, MissingDelivery missing) {
    var gap = missing.gap();
    var whose = new Whose(lane.recipient(), gap.conversation());
    long now = System.nanoTime();
    long waited = now - lane.since(gap, now);
    var known = hopeless.get(whose);
    boolean ends = waited >= most.toNanos() || known != null && known == gap.expected();
    if (ends) {
      hopeless.put(whose, gap.expected());
    }
    return ends;
  }
}
