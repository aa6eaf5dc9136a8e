package parley.user;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.SessionId;
import parley.user.UserReply.Refused;
import parley.user.UserReply.ToSession;

/** The mailbox as a stream: sessions attach, pull what comes next, and acknowledge. */
final class StreamHandlers {

  private static final Refused TOO_MANY =
      new Refused(
          new Refusal(Failure.TOO_MANY_REQUESTS, "This user has too many sockets open already"));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final Map<DeviceId, Long> acknowledged = new HashMap<>();
  private final Map<ConversationId, MessageId> delivered = new HashMap<>();
  private final GroupMarks marks;

  StreamHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
    this.marks = new GroupMarks(room);
  }

  ReplyEffect<UserEvent, UserState> onAttach(UserState state, UserCommand.Attach attach) {
    var listener = attach.replyTo();
    if (!room.listeners().hasRoomFor(listener)) {
      return effects.reply(listener, TOO_MANY);
    }
    listen(listener, attach.caller().session());
    long latest = state.mailbox().latest();
    long asked = attach.after().orElseGet(() -> acknowledged(state, attach.caller().device()));
    return effects.reply(
        listener,
        new UserReply.Attached(
            latest,
            Math.clamp(asked, 0, latest),
            asked <= latest,
            state.correspondents(),
            state.account().orElseThrow().showsPresence(),
            room.context().getSelf()));
  }

  private void listen(ActorRef<ToSession> listener, SessionId session) {
    if (!room.listeners().isAttached(listener)) {
      room.context().watchWith(listener, new User.SessionGone(listener));
    }
    room.listeners().attach(listener, session);
  }

  /** Up to which position the device has stored the mailbox. */
  long acknowledged(UserState state, DeviceId device) {
    return Math.max(state.devices().acknowledged(device), acknowledged.getOrDefault(device, 0L));
  }

  ReplyEffect<UserEvent, UserState> onMeet(UserState state, UserCommand.Meet meet) {
    return state.contacts().isBlocked(meet.other())
        ? effects.noReply()
        : effects.reply(meet.replyTo(), new UserReply.Met(meet.other()));
  }

  ReplyEffect<UserEvent, UserState> onSessionGone(UserState state, User.SessionGone gone) {
    room.listeners().detach(gone.session());
    room.notifySoon(state);
    return effects.noReply();
  }

  ReplyEffect<UserEvent, UserState> onPull(UserState state, UserCommand.Pull pull) {
    if (pull.after() < state.mailbox().latest()) {
      var next = state.mailbox().next(pull.after(), pull.limit());
      room.listeners().forget(pull.replyTo());
      return effects.reply(pull.replyTo(), new UserReply.Pulled(next));
    }
    if (!room.listeners().hasRoomFor(pull.replyTo())) {
      return effects.reply(pull.replyTo(), TOO_MANY);
    }
    // A session whose user has just moved here may ask before it attaches anew.
    listen(pull.replyTo(), pull.caller().session());
    room.listeners().await(pull);
    return effects.noReply();
  }

  /** Keeps it for the next round of receipts: a burst of acknowledgements costs one write. */
  ReplyEffect<UserEvent, UserState> onAcknowledge(
      UserState state, UserCommand.Acknowledge acknowledge) {
    long pos = Math.min(acknowledge.pos(), state.mailbox().latest());
    if (pos > acknowledged(state, acknowledge.caller().device())) {
      acknowledged.merge(acknowledge.caller().device(), pos, Math::max);
      acknowledge
          .delivered()
          .forEach((id, message) -> delivered.merge(id, message, StreamHandlers::later));
      room.sendReceiptsSoon();
    }
    return effects.noReply();
  }

  private static MessageId later(MessageId one, MessageId other) {
    return one.isAfter(other) ? one : other;
  }

  /** After a failed write: what was acknowledged is still to be noted, and readers still wait. */
  void onRecovered(UserState state) {
    room.grown(state);
    marks.restart();
    if (hasReceipts(state) || marks.areDue(state)) {
      room.sendReceiptsSoon();
    }
  }

  /**
   * What is to be noted of acknowledgements and receipts; empty when there is nothing.
   *
   * @param handedOver the outbox number up to which all have been handed over
   */
  List<UserEvent> receipts(UserState state, long handedOver) {
    var receiptings = new ArrayList<>(state.receipts().due(furthest(), delivered));
    receiptings.addAll(marks.toNote());
    return acknowledged.isEmpty() && receiptings.isEmpty()
        ? List.of()
        : List.of(new UserEvent.Receipted(acknowledged, receiptings, handedOver, room.now(state)));
  }

  private long furthest() {
    return acknowledged.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Tells groups how far the user has got in them. */
  void tellGroups(UserState state) {
    marks.send(state, furthest(), delivered);
  }

  ReplyEffect<UserEvent, UserState> onMarkAnswered(User.MarkAnswered answered) {
    marks.onAnswered(answered);
    room.sendReceiptsSoon();
    return effects.noReply();
  }

  /** Whether no group is being told anything. */
  boolean groupsKnow() {
    return marks.isIdle();
  }

  /** What was to be noted is journaled. */
  void noted() {
    marks.noted();
    acknowledged.clear();
    delivered.clear();
  }

  /** Whether there is something to be noted. */
  boolean hasReceipts(UserState state) {
    return !acknowledged.isEmpty()
        || state.receipts().areOwedDirectly()
        || !marks.toNote().isEmpty();
  }
}
