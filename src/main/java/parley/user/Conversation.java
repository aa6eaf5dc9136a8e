package parley.user;

import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.Receipt;
import parley.message.UserId;

/**
 * One user's side of a conversation: the order of what goes out and comes in, what is unread, and
 * how far both sides have got.
 */
final class Conversation {

  private final ConversationId id;
  private final RoaringBitmap unread;
  private MessageId latest;
  private MessageId latestReceived;
  private long sentSequence;
  private long receivedSequence;
  private Watermarks mine = Watermarks.NONE;
  private Watermarks told = Watermarks.NONE;
  private Watermarks theirs = Watermarks.NONE;

  Conversation(ConversationId id) {
    this.id = id;
    this.unread = new RoaringBitmap();
    this.latest = MessageId.first(id);
    this.latestReceived = latest;
  }

  /** The conversation that {@link #toSnapshot()} was taken of. */
  Conversation(UserSnapshot.Conversation stored) {
    id = stored.id();
    unread = Positions.read(stored.unread());
    latest = stored.latest();
    latestReceived = stored.latestReceived();
    sentSequence = stored.sentSequence();
    receivedSequence = stored.receivedSequence();
    mine = stored.mine();
    told = stored.told();
    theirs = stored.theirs();
  }

  UserSnapshot.Conversation toSnapshot() {
    return new UserSnapshot.Conversation(
        id,
        Positions.write(unread),
        latest,
        latestReceived,
        sentSequence,
        receivedSequence,
        mine,
        told,
        theirs);
  }

  ConversationId id() {
    return id;
  }

  /** The sequence of what was last sent to the other one. */
  long sentSequence() {
    return sentSequence;
  }

  /** The sequence of what last came from the other one. */
  long receivedSequence() {
    return receivedSequence;
  }

  /** The greatest message id seen here. */
  MessageId latest() {
    return latest;
  }

  /** The positions of unread messages. */
  RoaringBitmap unread() {
    return unread;
  }

  /** How far the other one has got with what this user said. */
  Watermarks theirs() {
    return theirs;
  }

  boolean isUnread(long pos) {
    return unread.contains((int) pos);
  }

  void sent(MessageId message, long sequence) {
    latest = later(latest, message);
    sentSequence = Math.max(sentSequence, sequence);
  }

  void receipted(Receipt receipt, long sequence) {
    told = told.with(new Watermarks(receipt.delivered(), receipt.read()));
    sentSequence = sequence;
  }

  void received(MessageId message, long pos, long sequence) {
    receivedSequence = sequence;
    latest = later(latest, message);
    latestReceived = message;
    unread.add((int) pos);
  }

  void receivedReceipt(Receipt receipt, long sequence) {
    receivedSequence = sequence;
    theirs = theirs.with(new Watermarks(receipt.delivered(), receipt.read()));
  }

  /**
   * Takes one message out of the unread ones. The watermark moves only over what is read without a
   * gap, since a receipt speaks for all before it.
   */
  void read(MessageId message, long pos) {
    boolean isFirst = !unread.isEmpty() && pos == Positions.first(unread);
    unread.remove((int) pos);
    advance(message, isFirst);
  }

  /** Takes all messages up to the position out of the unread ones. */
  void readUpTo(MessageId message, long pos) {
    unread.remove(0L, pos + 1);
    advance(message, true);
  }

  private void advance(MessageId message, boolean allBeforeAreRead) {
    if (unread.isEmpty()) {
      mine = mine.readUpTo(latestReceived);
    } else if (allBeforeAreRead) {
      mine = mine.readUpTo(message);
    }
  }

  void delivered(MessageId upTo) {
    mine = mine.deliveredUpTo(upTo);
  }

  /** The receipt that the other one is owed, if this user has got further than they were told. */
  Optional<Receipt> owedReceipt(UserId owner) {
    return mine.equals(told)
        ? Optional.empty()
        : Optional.of(new Receipt(id, owner, mine.delivered(), mine.read()));
  }

  private static MessageId later(MessageId one, MessageId other) {
    return one.isAfter(other) ? one : other;
  }
}
