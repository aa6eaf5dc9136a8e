package parley.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import parley.message.UserId;

/** Who wants to be told of a user's coming and going. Who does not say so again is forgotten. */
final class Followers {

  /** The most followers; one more pushes out the one who has not said so for longest. */
  static final int MOST = 200;

  private final Map<UserId, Instant> saidAt = new LinkedHashMap<>();
  private final Duration memory;

  Followers(Duration memory) {
    this.memory = memory;
  }

  void add(UserId follower, Instant now) {
    saidAt.remove(follower);
    if (saidAt.size() == MOST) {
      saidAt.remove(saidAt.keySet().iterator().next());
    }
    saidAt.put(follower, now);
  }

  /** Forgets those who have not said so for long. */
  void forget(Instant now) {
    saidAt.values().removeIf(at -> at.isBefore(now.minus(memory)));
  }

  Set<UserId> all() {
    return Set.copyOf(saidAt.keySet());
  }

  boolean hasNone() {
    return saidAt.isEmpty();
  }
}
