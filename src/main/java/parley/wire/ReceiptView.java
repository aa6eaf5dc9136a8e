package parley.wire;

import parley.group.GroupReply;
import parley.message.UserId;
import parley.user.UserReply;

/**
 * How far one reader has got with a message.
 *
 * @param left whether they are in the group no longer
 */
public record ReceiptView(UserId userId, boolean delivered, boolean read, boolean left) {

  /** Of a member of a group. */
  public static ReceiptView of(GroupReply.MemberReceipt receipt) {
    return new ReceiptView(receipt.user(), receipt.delivered(), receipt.read(), receipt.left());
  }

  /** Of the other one of two. */
  public static ReceiptView of(UserId user, UserReply.Status status) {
    return new ReceiptView(
        user, status != UserReply.Status.SENT, status == UserReply.Status.READ, false);
  }
}
