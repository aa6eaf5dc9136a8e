package parley.user;

import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Receipt;
import parley.message.Sealed;
import parley.message.UserId;

/**
 * One user's side of a conversation: the order of what goes out and comes in, what is unread, and
 * how far both sides have got.
 */
final class Conversation {

  private final ConversationId id;
  private final RoaringBitmap unread;
  private final RoaringBitmap mentioned;
  private final GroupSide groupSide;
  private MessageId latest;
  private MessageId latestReceived;
  private long sentSequence;
  private long receivedSequence;
  private long latestReceivedPos;
  private Watermarks mine = Watermarks.NONE;
  private Watermarks told = Watermarks.NONE;
  private Watermarks theirs = Watermarks.NONE;
  private UserReply.Arrangement arrangement = UserReply.Arrangement.PLAIN;

  /** The last message that people see, when only silent ones came after it. */
  private Optional<MessageId> shown = Optional.empty();

  private boolean encrypted;

  Conversation(ConversationId id) {
    this.id = id;
    this.unread = new RoaringBitmap();
    this.mentioned = new RoaringBitmap();
    this.groupSide = new GroupSide(GroupSide.Stored.NONE);
    this.latest = MessageId.first(id);
    this.latestReceived = latest;
  }

  /** The conversation that {@link #toSnapshot()} was taken of. */
  Conversation(UserSnapshot.Conversation stored) {
    id = stored.id();
    unread = Positions.read(stored.unread());
    mentioned = stored.mentioned().map(Positions::read).orElseGet(RoaringBitmap::new);
    groupSide = new GroupSide(stored.groupSide().orElse(GroupSide.Stored.NONE));
    arrangement = stored.arrangement().orElse(UserReply.Arrangement.PLAIN);
    latest = stored.latest();
    latestReceived = stored.latestReceived();
    sentSequence = stored.sentSequence();
    receivedSequence = stored.receivedSequence();
    latestReceivedPos = stored.latestReceivedPos();
    mine = stored.mine();
    told = stored.told();
    theirs = stored.theirs();
    shown = stored.shown();
    encrypted = stored.encrypted();
  }

  UserSnapshot.Conversation toSnapshot() {
    return new UserSnapshot.Conversation(
        id,
        Positions.write(unread),
        latest,
        latestReceived,
        sentSequence,
        receivedSequence,
        latestReceivedPos,
        mine,
        told,
        theirs,
        Optional.of(mentioned).filter(set -> !set.isEmpty()).map(Positions::write),
        Optional.of(groupSide.toSnapshot()).filter(it -> !it.equals(GroupSide.Stored.NONE)),
        Optional.of(arrangement).filter(it -> !it.equals(UserReply.Arrangement.PLAIN)),
        shown,
        encrypted);
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

  /** The message that came last from the other one, or in a group from anybody. */
  MessageId latestReceived() {
    return latestReceived;
  }

  /** The greatest message id seen here. */
  MessageId latest() {
    return latest;
  }

  /** The last message that people see. */
  MessageId shown() {
    return shown.orElse(latest);
  }

  /** Whether anything was said here that this user may know of. */
  boolean hasMessages() {
    return !shown().equals(MessageId.first(id));
  }

  /** Whether something sealed was said here. */
  boolean isEncrypted() {
    return encrypted;
  }

  /** The message is the next one here; told before it is sent, received or came. */
  void says(Message message) {
    encrypted |= message.content() instanceof Sealed;
    if (message.isSilent()) {
      shown = Optional.of(shown());
    } else if (message.id().isAfter(latest)) {
      shown = Optional.empty();
    } else {
      // Said before something silent that came first.
      shown = shown.map(before -> message.id().isAfter(before) ? message.id() : before);
    }
  }

  /** The positions of unread messages. */
  RoaringBitmap unread() {
    return unread;
  }

  /** How far the other one has got with what this user said. */
  Watermarks theirs() {
    return theirs;
  }

  long unreadCount() {
    return unread.getLongCardinality();
  }

  /** The position of the first unread message; beyond all positions when there is none. */
  long firstUnread() {
    return unread.isEmpty() ? Long.MAX_VALUE : Positions.first(unread);
  }

  /** The position of the last unread message up to there, where there is one. */
  long lastUnread(long pos) {
    return Positions.last(unread, pos);
  }

  boolean isUnread(long pos) {
    return unread.contains((int) pos);
  }

  void sent(MessageId message, long sequence) {
    latest = later(latest, message);
    sentSequence = Math.max(sentSequence, sequence);
  }

  void receipted(Receipt receipt, long sequence) {
    var reached = new Watermarks(receipt.delivered(), receipt.read());
    mine = mine.with(reached);
    told = told.with(reached);
    sentSequence = Math.max(sentSequence, sequence);
  }

  void received(MessageId message, long pos, long sequence) {
    receivedSequence = Math.max(receivedSequence, sequence);
    came(message, pos);
    unread.add((int) pos);
  }

  /**
   * Something came that need not be read: a group said it of itself or this user did there, or it
   * is silent.
   */
  void came(MessageId message, long pos) {
    latest = later(latest, message);
    latestReceived = message;
    latestReceivedPos = pos;
  }

  /** The message at the position mentions this user. */
  void mentioned(long pos) {
    mentioned.add((int) pos);
  }

  /** How many of the unread messages mention this user. */
  long mentions() {
    return RoaringBitmap.andCardinality(unread, mentioned);
  }

  void receivedReceipt(Watermarks reached, long sequence) {
    receivedSequence = Math.max(receivedSequence, sequence);
    reached(reached);
  }

  /** The others have got that far with what this user said. */
  void reached(Watermarks reached) {
    theirs = theirs.with(reached);
  }

  /** What is known of the group, where it is one. */
  GroupSide groupSide() {
    return groupSide;
  }

  /** Something else came, or was passed over, which moves nothing but the sequence. */
  void passed(long sequence) {
    receivedSequence = Math.max(receivedSequence, sequence);
  }

  /** The user changed what was said here, which moves nothing but the sequence. */
  void amended(long sequence) {
    sentSequence = Math.max(sentSequence, sequence);
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

  /** Takes all messages up to the received one at the position out of the unread ones. */
  void readUpTo(MessageId message, long pos) {
    unread.remove(0L, pos + 1);
    advance(message, true);
  }

  /**
   * Takes all messages up to the user's own one at the position out of the unread ones: of marks as
   * older journals have them.
   */
  void readUpToOwn(MessageId message, long pos) {
    unread.remove(0L, pos + 1);
    advance(message, false);
  }

  private void advance(MessageId message, boolean allBeforeAreRead) {
    mentioned.and(unread);
    if (unread.isEmpty()) {
      mine = mine.readUpTo(latestReceived);
    } else if (allBeforeAreRead) {
      mine = mine.readUpTo(message);
    }
  }

  /** The watermarks once a device has stored the mailbox up to the position. */
  Watermarks acknowledgedUpTo(long pos, Optional<MessageId> delivered) {
    var known =
        delivered
            .filter(message -> !message.isAfter(latestReceived))
            .map(mine::deliveredUpTo)
            .orElse(mine);
    boolean hasAll = latestReceivedPos > 0 && latestReceivedPos <= pos;
    return hasAll ? known.deliveredUpTo(latestReceived) : known;
  }

  /** Whether something was received that no device has acknowledged. */
  boolean hasUndelivered() {
    return latestReceivedPos > 0 && !mine.hasDelivered(latestReceived);
  }

  /** How far this user has got with what the other one said. */
  Watermarks mine() {
    return mine;
  }

  /** The receipt that brings the other one to these watermarks, if they do not know them yet. */
  Optional<Receipt> receiptFor(Watermarks reached, UserId owner) {
    return reached.equals(told)
        ? Optional.empty()
        : Optional.of(new Receipt(id, owner, reached.delivered(), reached.read()));
  }

  /** How the user has arranged it for themselves. */
  UserReply.Arrangement arrangement() {
    return arrangement;
  }

  void arrange(UserReply.Arrangement as) {
    arrangement = as;
  }

  private static MessageId later(MessageId one, MessageId other) {
    return one.isAfter(other) ? one : other;
  }
}
