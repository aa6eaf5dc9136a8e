package parley.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;

/**
 * Decides what becomes of drafts that are sent together: which are accepted and under which id,
 * which repeat an earlier send, which are refused.
 */
final class Acceptance {

  private final UserId sender;
  private final UserState state;
  private final Instant at;
  private final long handedOver;
  private final long room;
  private final Map<UserId, Optional<Boolean>> exists;
  private final List<UserEvent.Sending> sendings = new ArrayList<>();
  private final Map<ClientId, Accepted> byClientId = new HashMap<>();
  private final Map<ConversationId, MessageId> latestIds = new HashMap<>();
  private final Map<ConversationId, Long> latestSequences = new HashMap<>();

  /**
   * @param at when the drafts are accepted
   * @param handedOver the outbox number up to which all have been handed over
   * @param outboxMax the most entries that may wait to be handed over
   * @param exists whether those exist whom the sender writes to for the first time
   */
  Acceptance(
      UserState state,
      Instant at,
      long handedOver,
      int outboxMax,
      Map<UserId, Optional<Boolean>> exists) {
    this.sender = state.owner();
    this.state = state;
    this.at = at;
    this.handedOver = handedOver;
    this.room = outboxMax - state.outbox().size(handedOver);
    this.exists = exists;
  }

  /** What becomes of one draft. */
  sealed interface Verdict {}

  /**
   * The message is, or already was, accepted.
   *
   * @param number its number in the outbox: the sender is answered once it is handed over
   */
  record Accepted(long number, long fingerprint, UserReply.Sent answer) implements Verdict {}

  /** It was handed over before. */
  record Repeated(UserReply.Sent answer) implements Verdict {}

  record Refused(UserReply.NotSent answer) implements Verdict {}

  /** What was accepted, in order. */
  List<UserEvent.Sending> sendings() {
    return sendings;
  }

  /** The event that makes the accepted ones so; there is at least one. */
  UserEvent.Sent event() {
    var latest = sendings.getLast().message().sentAt();
    return new UserEvent.Sent(
        state.mailbox().latest() + 1, sendings, handedOver, latest.isAfter(at) ? latest : at);
  }

  /** Decides on the next draft. */
  Verdict decide(Draft draft) {
    long fingerprint = draft.fingerprint();
    var together = byClientId.get(draft.clientId());
    if (together != null) {
      return together.fingerprint() == fingerprint ? together : reused(draft);
    }
    var earlier = state.sends().find(draft.clientId());
    if (earlier.isPresent()) {
      return earlier.get().fingerprint() == fingerprint
          ? repeated(draft, earlier.get())
          : reused(draft);
    }
    if (draft
        .replyTo()
        .filter(id -> id.conversation() != draft.conversation().hash())
        .isPresent()) {
      return refused(
          draft, Failure.MALFORMED_FIELD, "It answers a message of another conversation");
    }
    var stranger = stranger(draft.conversation());
    if (stranger.isPresent() && !exists.get(stranger.get()).orElse(true)) {
      return refused(draft, Failure.UNKNOWN_RECIPIENT, "Nobody has registered that user id");
    }
    if (state.recipient(draft.conversation()).filter(state.contacts()::isBlocked).isPresent()) {
      return refused(draft, Failure.RECIPIENT_BLOCKED, "Unblock them to write to them");
    }
    if (stranger.isPresent() && exists.get(stranger.get()).isEmpty()) {
      return refused(draft, Failure.BUSY, "The recipient could not be looked up; try again");
    }
    return sendings.size() < room
        ? accepted(draft, fingerprint)
        : refused(draft, Failure.BUSY, "Earlier messages are still on their way; try again");
  }

  /** Whom the sender writes to for the first time. */
  private Optional<UserId> stranger(ConversationId conversation) {
    return state.conversations().find(conversation).isPresent()
        ? Optional.empty()
        : state.recipient(conversation);
  }

  private Accepted accepted(Draft draft, long fingerprint) {
    var message =
        new Message(
            nextId(draft.conversation()),
            draft.conversation(),
            sender,
            draft.clientId(),
            draft.content(),
            draft.replyTo());
    sendings.add(new UserEvent.Sending(message, nextSequence(draft), fingerprint));
    var sent =
        new UserReply.Sent(
            draft.clientId(),
            message.id(),
            draft.conversation(),
            state.mailbox().latest() + sendings.size());
    var accepted = new Accepted(state.outbox().last() + sendings.size(), fingerprint, sent);
    byClientId.put(draft.clientId(), accepted);
    return accepted;
  }

  private MessageId nextId(ConversationId id) {
    var seen = state.conversations().find(id).map(Conversation::latest);
    var before = latestIds.getOrDefault(id, seen.orElseGet(() -> MessageId.first(id)));
    var next = MessageId.next(before, at, id, sender);
    latestIds.put(id, next);
    return next;
  }

  private long nextSequence(Draft draft) {
    return latestSequences.merge(
        draft.conversation(),
        state.nextSequence(draft.conversation()),
        (last, first) -> last == 0 ? 0 : last + 1);
  }

  private Verdict repeated(Draft draft, RecentSends.Recent earlier) {
    var sent =
        new UserReply.Sent(draft.clientId(), earlier.id(), draft.conversation(), earlier.pos());
    var pending = state.outbox().find(earlier.id()).filter(number -> number > handedOver);
    return pending.isPresent()
        ? new Accepted(pending.get(), earlier.fingerprint(), sent)
        : new Repeated(sent);
  }

  private static Verdict reused(Draft draft) {
    return refused(
        draft,
        Failure.CLIENT_ID_REUSED,
        "This client id was used for a message that says otherwise");
  }

  private static Verdict refused(Draft draft, Failure failure, String detail) {
    return new Refused(new UserReply.NotSent(draft.clientId(), new Refusal(failure, detail)));
  }
}
