package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One entry on its way to one mailbox.
 *
 * @param sequence its place among all that this conversation sends to this recipient: dense, from
 *     1. Below the expected one the recipient has it already; above it something is missing. In a
 *     group it is the place in the group's order, the same for all members; receipts there are
 *     counted apart, and of theirs some may be missing.
 * @param begins whether the recipient has just become a member of the group: what comes before is
 *     not for them, so this one may be above the expected one
 */
public record Delivery(
    UserId recipient,
    long sequence,
    Entry entry,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean begins) {

  @JsonCreator
  public Delivery {}

  /** A delivery that follows the one before it without a gap. */
  public Delivery(UserId recipient, long sequence, Entry entry) {
    this(recipient, sequence, entry, false);
  }
}
