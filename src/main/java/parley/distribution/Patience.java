package parley.distribution;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import parley.message.ConversationId;
import parley.message.Gap;
import parley.message.UserId;

/** How long deliveries wait for a missing one before them. */
final class Patience {

  /** Gaps that are remembered as lost, so that nobody waits for them a second time. */
  private static final int LOST_MAX = 1_000;

  private final Duration most;
  private final Map<Whose, Long> lost =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Whose, Long> eldest) {
          return size() > LOST_MAX;
        }
      };

  Patience(Duration most) {
    this.most = most;
  }

  /** One conversation of one recipient. */
  private record Whose(UserId recipient, ConversationId conversation) {}

  /** Whether nobody waits for the gap any more, after that time. */
  boolean isOver(UserId recipient, Gap gap, Duration waited) {
    var whose = new Whose(recipient, gap.conversation());
    boolean isOver = waited.compareTo(most) >= 0 || Objects.equals(lost.get(whose), gap.expected());
    if (isOver) {
      lost.put(whose, gap.expected());
    }
    return isOver;
  }
}
