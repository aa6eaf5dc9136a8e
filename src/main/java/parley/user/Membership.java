package parley.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.message.MessageId;

/**
 * When a user was a member of a group: from the message that says so to the one that says that they
 * are one no longer, both of which they may read, and all between them.
 *
 * @param stays in order, at most {@link #STAYS_MOST}
 */
public record Membership(List<Stay> stays) {

  /** Of more than that the first are forgotten, and with them what was said then. */
  static final int STAYS_MOST = 100;

  static final Membership NONE = new Membership(List.of());

  public Membership {
    stays = List.copyOf(stays);
  }

  /**
   * One time of being a member.
   *
   * @param until empty: it goes on
   */
  public record Stay(MessageId from, Optional<MessageId> until) {

    private boolean covers(MessageId message) {
      return !from.isAfter(message) && until.filter(message::isAfter).isEmpty();
    }
  }

  /** Whether the user is a member now. */
  boolean goesOn() {
    return !stays.isEmpty() && stays.getLast().until().isEmpty();
  }

  /** Whether the user was a member when the message was said. */
  public boolean covers(MessageId message) {
    return stays.stream().anyMatch(stay -> stay.covers(message));
  }

  /**
   * A stay begins. One that goes on ended at the latest with what the user had last: it was lost
   * that they were removed.
   */
  Membership begun(MessageId before, MessageId from) {
    var next = new ArrayList<>(ended(before).stays);
    next.add(new Stay(from, Optional.empty()));
    return new Membership(next.subList(Math.max(0, next.size() - STAYS_MOST), next.size()));
  }

  Membership ended(MessageId until) {
    if (!goesOn()) {
      return this;
    }
    var next = new ArrayList<>(stays);
    next.add(new Stay(next.removeLast().from(), Optional.of(until)));
    return new Membership(next);
  }

  /** The asked one, or what comes right after the last that may be read, if that is earlier. */
  MessageId before(MessageId asked) {
    if (goesOn() || stays.isEmpty()) {
      return asked;
    }
    var last = stays.getLast().until().orElseThrow();
    var end = new MessageId(last.clock() + 1, last.conversation());
    return asked.isAfter(end) ? end : asked;
  }
}
