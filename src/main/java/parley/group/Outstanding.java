package parley.group;

import java.util.Optional;
import parley.message.ConversationId;
import parley.message.GroupReceipt;
import parley.message.MessageId;

/**
 * What a member has said that not all others are known to have read. Its components are stored by
 * name.
 *
 * <p>Kept are two messages, not all of them: between the two, any step that the others make may
 * concern one, and is told. So a member who has said one thing is told once that all have it and
 * once that all have read it, and not of every step of others.
 *
 * @param first the first of it, or somewhat before it
 * @param last the last of it
 * @param told how far they know that the others have got
 */
record Outstanding(MessageId first, MessageId last, Reach told) {

  /** Nothing has been said. */
  static Outstanding none(Reach told) {
    return new Outstanding(told.read(), told.read(), told);
  }

  /** Whether there is something that not all have read. */
  boolean isAny() {
    return last.isAfter(told.read());
  }

  Outstanding with(MessageId message) {
    return new Outstanding(isAny() ? first : message, message, told);
  }

  /** What is to be told now that the others have got that far. */
  Optional<GroupReceipt> due(Reach others, ConversationId group) {
    boolean isDue =
        isDue(others.delivered(), told.delivered()) || isDue(others.read(), told.read());
    var now = told.with(others);
    return isDue
        ? Optional.of(
            new GroupReceipt(group, Optional.of(now.delivered()), Optional.of(now.read())))
        : Optional.empty();
  }

  private boolean isDue(MessageId reached, MessageId known) {
    return reached.isAfter(known) && last.isAfter(known) && !first.isAfter(reached);
  }

  /** Once that was told. */
  Outstanding told(GroupReceipt receipt) {
    var now =
        told.with(
            new Reach(
                receipt.delivered().orElse(told.delivered()), receipt.read().orElse(told.read())));
    return new Outstanding(now.read().isAfter(first) ? now.read() : first, last, now);
  }
}
