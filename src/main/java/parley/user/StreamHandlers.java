package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserReply.Refused;

/** The mailbox as a stream: sessions attach, pull what comes next, and acknowledge. */
final class StreamHandlers {

  /** Those whose presence a session may see: the ones talked to last. */
  private static final int CORRESPONDENTS_MOST = 100;

  private static final Refused TOO_MANY =
      new Refused(
          new Refusal(Failure.TOO_MANY_REQUESTS, "This user has too many sockets open already"));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final Map<DeviceId, Long> acknowledged = new HashMap<>();
  private final Map<ConversationId, MessageId> delivered = new HashMap<>();

  StreamHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onAttach(UserState state, UserCommand.Attach attach) {
    var listener = attach.replyTo();
    if (!room.listeners().hasRoomFor(listener)) {
      return effects.reply(listener, TOO_MANY);
    }
    if (!room.listeners().isAttached(listener)) {
      room.context().watchWith(listener, new User.SessionGone(listener));
    }
    room.listeners().attach(listener, attach.caller().session());
    long latest = state.mailbox().latest();
    long asked = attach.after().orElseGet(() -> acknowledged(state, attach.caller().device()));
    return effects.reply(
        listener,
        new UserReply.Attached(
            latest,
            Math.min(asked, latest),
            asked <= latest,
            correspondents(state),
            state.account().orElseThrow().showsPresence(),
            room.context().getSelf()));
  }

  private long acknowledged(UserState state, DeviceId device) {
    return Math.max(state.devices().acknowledged(device), acknowledged.getOrDefault(device, 0L));
  }

  private static List<UserId> correspondents(UserState state) {
    return state.conversations().newest(CORRESPONDENTS_MOST).stream()
        .flatMap(conversation -> state.recipient(conversation.id()).stream())
        .filter(other -> !state.contacts().isBlocked(other))
        .toList();
  }

  ReplyEffect<UserEvent, UserState> onSessionGone(User.SessionGone gone) {
    room.listeners().detach(gone.session());
    return effects.noReply();
  }

  ReplyEffect<UserEvent, UserState> onPull(UserState state, UserCommand.Pull pull) {
    if (pull.after() < state.mailbox().latest()) {
      var next = state.mailbox().next(pull.after(), pull.limit());
      return effects.reply(pull.replyTo(), new UserReply.Pulled(next));
    }
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

  /** Forgets what was not noted yet: the actor starts anew, and devices acknowledge again. */
  void onRecovered() {
    acknowledged.clear();
    delivered.clear();
  }

  /**
   * What is to be noted of acknowledgements and receipts; empty when there is nothing.
   *
   * @param handedOver the outbox number up to which all have been handed over
   */
  List<UserEvent> receipts(UserState state, long handedOver) {
    long furthest = acknowledged.values().stream().mapToLong(Long::longValue).max().orElse(0);
    var receiptings = state.receiptings(furthest, delivered);
    var noted = Map.copyOf(acknowledged);
    acknowledged.clear();
    delivered.clear();
    return noted.isEmpty() && receiptings.isEmpty()
        ? List.of()
        : List.of(new UserEvent.Receipted(noted, receiptings, handedOver, room.now(state)));
  }

  /** Whether there is something to be noted. */
  boolean hasReceipts(UserState state) {
    return !acknowledged.isEmpty() || state.owesReceipts();
  }
}
