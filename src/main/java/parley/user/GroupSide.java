package parley.user;

import java.util.Optional;
import parley.message.GroupNotice;
import parley.message.MessageId;
import parley.message.UserId;

/** One user's side of a group that they are or were in. */
final class GroupSide {

  private Membership membership;
  private Optional<String> title;
  private long receiptSequence;

  GroupSide(Stored stored) {
    membership = stored.membership();
    title = stored.title();
    receiptSequence = stored.receiptSequence();
  }

  /** The stored form of it; components are added, never renamed. */
  record Stored(Membership membership, Optional<String> title, long receiptSequence) {

    static final Stored NONE = new Stored(Membership.NONE, Optional.empty(), 0);
  }

  Stored toSnapshot() {
    return new Stored(membership, title, receiptSequence);
  }

  Membership membership() {
    return membership;
  }

  /** As it was when the user last heard of it. */
  Optional<String> title() {
    return title;
  }

  /** The sequence of the receipt that came last. */
  long receiptSequence() {
    return receiptSequence;
  }

  void begin(MessageId before, MessageId notice) {
    membership = membership.begun(before, notice);
  }

  void note(GroupNotice notice, MessageId message, UserId owner) {
    title = notice.titleFromHere().or(() -> title);
    if (notice.ends(owner)) {
      membership = membership.ended(message);
    }
  }

  void receipted(long sequence) {
    receiptSequence = Math.max(receiptSequence, sequence);
  }
}
