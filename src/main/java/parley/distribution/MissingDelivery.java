package parley.distribution;

import parley.message.Gap;
import parley.message.UserId;

/**
 * A recipient's actor refuses a delivery: one that comes before it has not arrived. It has no stack
 * trace, since it is an answer.
 */
public final class MissingDelivery extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Gap gap;

  public MissingDelivery(UserId recipient, Gap gap) {
    super(
        "Not delivered to %s: %s has %d in the place of %d"
            .formatted(recipient, gap.conversation(), gap.found(), gap.expected()),
        null,
        false,
        false);
    this.gap = gap;
  }

  Gap gap() {
    return gap;
  }
}
