package parley.group;

import java.util.Optional;
import parley.message.MessageId;
import parley.message.UserId;

/** How far all others of each member have got: of all but one, two know it for everyone. */
record Slowest(Line delivered, Line read) {

  /** The slowest but this one; empty when there is nobody else. */
  Optional<Reach> but(UserId user) {
    return delivered
        .but(user)
        .flatMap(allDelivered -> read.but(user).map(allRead -> new Reach(allDelivered, allRead)));
  }

  /** The two that are last. */
  static final class Line {

    private Optional<UserId> last = Optional.empty();
    private Optional<MessageId> lowest = Optional.empty();
    private Optional<MessageId> next = Optional.empty();

    void add(UserId user, MessageId reached) {
      if (lowest.isEmpty() || lowest.get().isAfter(reached)) {
        next = lowest;
        lowest = Optional.of(reached);
        last = Optional.of(user);
      } else if (next.isEmpty() || next.get().isAfter(reached)) {
        next = Optional.of(reached);
      }
    }

    private Optional<MessageId> but(UserId user) {
      return last.filter(user::equals).isPresent() ? next : lowest;
    }
  }
}
