package parley.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.group.Posting;
import parley.keys.MlsReply;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.GroupId;
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
  private final int outboxMax;
  private final Recipients.Findings found;
  private final List<UserEvent.Sending> sendings = new ArrayList<>();
  private final Map<ClientId, Accepted> byClientId = new HashMap<>();
  private final List<Postings.Pending> postings = new ArrayList<>();
  private final Map<ClientId, AcceptedInGroup> inGroups = new HashMap<>();
  private final Map<ConversationId, MessageId> latestIds = new HashMap<>();
  private final Map<ConversationId, Long> latestSequences = new HashMap<>();

  /**
   * @param at when the drafts are accepted
   * @param handedOver the outbox number up to which all have been handed over
   * @param outboxMax the most entries that may wait to be handed over
   * @param found what others have answered of recipients and epochs
   */
  Acceptance(
      UserState state, Instant at, long handedOver, int outboxMax, Recipients.Findings found) {
    this.sender = state.owner();
    this.state = state;
    this.at = at;
    this.handedOver = handedOver;
    this.outboxMax = outboxMax;
    this.room = outboxMax - state.outbox().size(handedOver);
    this.found = found;
  }

  /** What becomes of one draft. */
  sealed interface Verdict {}

  /**
   * The message is, or already was, accepted.
   *
   * @param number its number in the outbox: the sender is answered once it is handed over
   */
  record Accepted(long number, long fingerprint, UserReply.Sent answer) implements Verdict {}

  /** The message is, or already was, accepted: the sender is answered once it comes back. */
  record AcceptedInGroup(GroupId group, long sequence, ClientId clientId, long fingerprint)
      implements Verdict {}

  /** It was handed over before. */
  record Repeated(UserReply.Sent answer) implements Verdict {}

  record Refused(UserReply.NotSent answer) implements Verdict {}

  /** Nothing stands against the commit, but it has to claim its epoch first. */
  record Unclaimed(ClientId clientId) implements Verdict {}

  /** The events that make the accepted ones so; none when there are none. */
  List<UserEvent> events() {
    var events = new ArrayList<UserEvent>();
    if (!sendings.isEmpty()) {
      events.add(sent());
    }
    if (!postings.isEmpty()) {
      events.add(new UserEvent.Posted(postings, events.isEmpty() ? at : events.getLast().at()));
    }
    return events;
  }

  private UserEvent.Sent sent() {
    var latest = sendings.getLast().message().sentAt();
    return new UserEvent.Sent(
        state.mailbox().latest() + 1, sendings, handedOver, latest.isAfter(at) ? latest : at);
  }

  /** Decides on the next draft. */
  Verdict decide(Draft draft) {
    long fingerprint = draft.fingerprint();
    var named = named(draft, fingerprint);
    if (named.isPresent()) {
      return named.get();
    }
    if (draft
        .replyTo()
        .filter(id -> id.conversation() != draft.conversation().hash())
        .isPresent()) {
      return refused(
          draft, Failure.MALFORMED_FIELD, "It answers a message of another conversation");
    }
    boolean isStrange = state.isStrange(draft.conversation());
    if (isStrange && !found.exists().get(draft.conversation()).orElse(true)) {
      return notThere(draft);
    }
    if (state.recipient(draft.conversation()).filter(state.contacts()::isBlocked).isPresent()) {
      return refused(draft, Failure.RECIPIENT_BLOCKED, "Unblock them to write to them");
    }
    if (isStrange && found.exists().get(draft.conversation()).isEmpty()) {
      return refused(draft, Failure.BUSY, "The recipient could not be looked up; try again");
    }
    if (!hasRoom(draft)) {
      return refused(draft, Failure.BUSY, "Earlier messages are still on their way; try again");
    }
    return claimed(draft).orElseGet(() -> accepted(draft, fingerprint));
  }

  /** What stands against a commit: nothing, when it is the first one of its epoch. */
  private Optional<Verdict> claimed(Draft draft) {
    if (!draft.isCommit()) {
      return Optional.empty();
    }
    var claim = found.claims().get(draft);
    if (claim == null) {
      return Optional.of(new Unclaimed(draft.clientId()));
    }
    if (claim.isEmpty()) {
      return Optional.of(
          refused(draft, Failure.BUSY, "The epoch could not be claimed; repeat it to learn"));
    }
    return switch (claim.get()) {
      case MlsReply.Claimed first -> Optional.empty();
      case MlsReply.Refused(Refusal why) ->
          Optional.of(new Refused(new UserReply.NotSent(draft.clientId(), why)));
    };
  }

  private boolean hasRoom(Draft draft) {
    return switch (draft.conversation()) {
      case ConversationId.Direct direct -> sendings.size() < room;
      case ConversationId.Group group -> hasRoom(group.group());
    };
  }

  private Verdict accepted(Draft draft, long fingerprint) {
    return switch (draft.conversation()) {
      case ConversationId.Direct direct -> acceptedInDirect(draft, fingerprint);
      case ConversationId.Group group -> acceptedInGroup(group, draft, fingerprint);
    };
  }

  /** What became of the earlier draft of that client id. */
  private Optional<Verdict> named(Draft draft, long fingerprint) {
    var together = byClientId.get(draft.clientId());
    if (together != null) {
      return Optional.of(together.fingerprint() == fingerprint ? together : reused(draft));
    }
    var posted = Optional.ofNullable(inGroups.get(draft.clientId())).or(() -> pending(draft));
    if (posted.isPresent()) {
      return Optional.of(posted.get().fingerprint() == fingerprint ? posted.get() : reused(draft));
    }
    return state
        .sends()
        .find(draft.clientId())
        .map(it -> it.fingerprint() == fingerprint ? repeated(draft, it) : reused(draft));
  }

  private Optional<AcceptedInGroup> pending(Draft draft) {
    return state
        .postings()
        .find(draft.clientId())
        .map(it ->
            new AcceptedInGroup(
                it.group(),
                it.posting().sequence(),
                draft.clientId(),
                it.draft().orElseThrow().fingerprint()));
  }

  private Verdict notThere(Draft draft) {
    return switch (draft.conversation()) {
      case ConversationId.Direct direct ->
          refused(draft, Failure.UNKNOWN_RECIPIENT, "Nobody has registered that user id");
      case ConversationId.Group group ->
          state.conversations().find(group).isPresent()
              ? refused(draft, Failure.NOT_A_MEMBER, "You are not a member of this group any more")
              : refused(
                  draft,
                  Failure.UNKNOWN_RECIPIENT,
                  "There is no such group, or you are not a member of it");
    };
  }

  private boolean hasRoom(GroupId group) {
    long now = postings.stream().filter(it -> it.group().equals(group)).count();
    return state.postings().size() + postings.size() < outboxMax
        && state.postings().size(group) + now < Postings.PER_GROUP_MOST;
  }

  private AcceptedInGroup acceptedInGroup(
      ConversationId.Group group, Draft draft, long fingerprint) {
    long sequence = nextSequence(draft);
    var saying =
        new Posting.Saying(
            sequence, draft.clientId(), draft.content(), draft.replyTo(), draft.mentions());
    postings.add(new Postings.Pending(group.group(), saying));
    var accepted = new AcceptedInGroup(group.group(), sequence, draft.clientId(), fingerprint);
    inGroups.put(draft.clientId(), accepted);
    return accepted;
  }

  private Accepted acceptedInDirect(Draft draft, long fingerprint) {
    var message =
        new Message(
            nextId(draft.conversation()),
            draft.conversation(),
            sender,
            draft.clientId(),
            draft.content(),
            draft.replyTo(),
            draft.mentions());
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
