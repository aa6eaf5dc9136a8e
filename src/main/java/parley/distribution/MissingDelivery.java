package parley.distribution;

import parley.message.ConversationId;
import parley.message.UserId;

/**
 * A recipient's actor refuses a delivery: one that comes before it has not arrived. It has no stack
 * trace, since it is an answer.
 */
public final class MissingDelivery extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Gap gap;

  /**
   * @param expected the sequence that the recipient waits for
   * @param found the sequence that came in its place
   */
  public MissingDelivery(UserId recipient, ConversationId conversation, long expected, long found) {
    super(
        "Not delivered to %s: %s has %d in the place of %d"
            .formatted(recipient, conversation, found, expected),
        null,
        false,
        false);
    this.gap = new Gap(conversation, expected);
  }

  Gap gap() {
    return gap;
  }
}
