package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import parley.group.Posting;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Reaction;
import parley.message.Refusal;
import parley.message.Sealed;
import parley.message.UserId;
import parley.user.UserCommand.Amend;
import parley.user.UserReply.Refused;

/**
 * Changing what was said: edits, deletions, reactions. Each is an entry, handed over in order.
 *
 * <p>What a message says now is in the archive, together with what is still in the outbox. One is
 * looked up at a time, so that each change is decided on what the one before it has made.
 */
final class AmendHandlers {

  /** How long after it was said a message may be edited. */
  static final Duration EDIT_WINDOW = Duration.ofMinutes(15);

  /** The most reactions of one user to one message: bounds what a page of history takes. */
  static final int REACTIONS_MOST = 20;

  /** The most changes that wait to be looked up; one more is refused. */
  private static final int WAITING_MOST = 100;

  private static final Refused NO_SUCH_MESSAGE =
      refused(Failure.NOT_FOUND, "There is no such message");
  private static final Refused NOT_OWN =
      refused(Failure.NOT_ALLOWED, "Only who said it can change it");
  private static final Refused NOTICE =
      refused(Failure.NOT_ALLOWED, "What a group tells of itself stays as it is");
  private static final Refused SILENT =
      refused(Failure.NOT_ALLOWED, "What is sealed and not to be read stays as it is");
  private static final Refused NOT_SEALED =
      refused(Failure.NOT_ALLOWED, "What was said sealed can only be edited sealed");
  private static final Refused TAKEN_BACK = refused(Failure.TOO_LATE, "The message was deleted");
  private static final Refused TOO_OLD =
      refused(
          Failure.TOO_LATE,
          "A message can be edited for %d minutes".formatted(EDIT_WINDOW.toMinutes()));
  private static final Refused TOO_MANY_REACTIONS =
      refused(Failure.TOO_LARGE, "There are %d reactions already".formatted(REACTIONS_MOST));
  private static final Refused UNREADABLE =
      refused(Failure.BUSY, "The archive could not be read; try again");

  /** When the archive is slow a message is there before it. */
  private static final Refused NOT_ARCHIVED =
      refused(Failure.BUSY, "The message is not archived yet; try again");

  private static final Refused OUTBOX_FULL =
      refused(Failure.BUSY, "Earlier messages are still on their way; try again");
  private static final Refused TOO_MUCH =
      refused(Failure.BUSY, "Too much waits to be changed; try again");

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final HandOver handOver;
  private final GroupPosts posts;
  private final Queue<Amend> waiting = new ArrayDeque<>();
  private boolean isLookingUp;

  AmendHandlers(Room room, HandOver handOver, GroupPosts posts) {
    this.room = room;
    this.posts = posts;
    this.effects = room.effects();
    this.handOver = handOver;
  }

  private static Refused refused(Failure failure, String detail) {
    return new Refused(new Refusal(failure, detail));
  }

  /** Refuses those who wait: the actor has started anew. */
  void onRecovered() {
    isLookingUp = false;
    waiting.forEach(amend -> amend.replyTo().tell(TOO_MUCH));
    waiting.clear();
  }

  ReplyEffect<UserEvent, UserState> onAmend(UserState state, Amend amend) {
    if (state.conversations().of(amend.id()).isEmpty()) {
      return effects.reply(amend.replyTo(), NO_SUCH_MESSAGE);
    }
    if (waiting.size() == WAITING_MOST) {
      return effects.reply(amend.replyTo(), TOO_MUCH);
    }
    waiting.add(amend);
    lookUpNext(state);
    return effects.noReply();
  }

  private void lookUpNext(UserState state) {
    if (isLookingUp || waiting.isEmpty()) {
      return;
    }
    isLookingUp = true;
    var amend = waiting.remove();
    var pending = new ArrayList<>(state.outbox().amendments(amend.id()));
    pending.addAll(state.postings().amendments(amend.id()));
    room.context()
        .pipeToSelf(
            room.surroundings().archive().find(List.of(amend.id())),
            (found, failure) ->
                failure == null
                    ? new User.ToAmend(
                        amend,
                        Optional.ofNullable(found.get(amend.id())).map(it -> after(it, pending)))
                    : new User.NotAmended(amend, failure));
  }

  private static Archived after(Archived archived, List<Amendment> pending) {
    var now = archived;
    for (var amendment : pending) {
      now = now.with(amendment);
    }
    return now;
  }

  ReplyEffect<UserEvent, UserState> onNotFound(UserState state, User.NotAmended failed) {
    room.context()
        .getLog()
        .warn("Archive not readable, answered busy, user={}", room.owner(), failed.cause());
    return answer(state, failed.amend(), UNREADABLE);
  }

  ReplyEffect<UserEvent, UserState> onFound(UserState state, User.ToAmend found) {
    var amend = found.amend();
    if (found.archived().isEmpty() && isAtHand(state, amend.id())) {
      return answer(state, amend, NOT_ARCHIVED);
    }
    if (found.archived().filter(archived -> isVisible(state, archived.message())).isEmpty()) {
      return answer(state, amend, NO_SUCH_MESSAGE);
    }
    var archived = found.archived().get();
    var now = state.timeAfterAll(room.clock());
    var decided = decide(archived, amend, now);
    if (decided.isPresent()) {
      return answer(state, amend, decided.get());
    }
    var amendment = amendment(archived.message(), amend.change(), now);
    if (amendment.conversation() instanceof ConversationId.Group group) {
      return state.postings().size(group.group()) >= Postings.PER_GROUP_MOST
          ? answer(state, amend, OUTBOX_FULL)
          : post(state, amend, group.group(), amendment, archived.message().from());
    }
    return state.outbox().size(handOver.upTo()) >= room.settings().outboxEntriesMax()
        ? answer(state, amend, OUTBOX_FULL)
        : persist(state, amend, amendment);
  }

  private ReplyEffect<UserEvent, UserState> answer(
      UserState state, Amend amend, UserReply.ToAmend answer) {
    isLookingUp = false;
    lookUpNext(state);
    return effects.reply(amend.replyTo(), answer);
  }

  private static boolean isAtHand(UserState state, MessageId id) {
    return state
        .mailbox()
        .recent()
        .find(0, it -> it.entry() instanceof Message message && message.id().equals(id))
        .isPresent();
  }

  private boolean isVisible(UserState state, Message message) {
    return message.conversation().concerns(room.owner())
        && state.visibility(message.conversation()).shows(message, room.owner());
  }

  /** The answer when there is nothing to do: it is refused, or made already. */
  private Optional<UserReply.ToAmend> decide(Archived archived, Amend amend, Instant now) {
    if (archived.message().isNotice()) {
      return Optional.of(NOTICE);
    }
    if (archived.message().isSilent()) {
      return Optional.of(SILENT);
    }
    return switch (amend.change()) {
      case UserCommand.Rewrite rewrite -> decide(archived, rewrite, now);
      case UserCommand.TakeBack it ->
          isOwn(archived) || isInGroup(archived)
              ? archived.deletedAt().map(at -> new UserReply.Amended(amend.id(), at))
              : Optional.of(NOT_OWN);
      case UserCommand.React react -> decide(archived, react, now);
    };
  }

  /** There admins may delete what others have said: the group knows who is one. */
  private static boolean isInGroup(Archived archived) {
    return archived.message().conversation() instanceof ConversationId.Group;
  }

  private boolean isOwn(Archived archived) {
    return archived.message().from().equals(room.owner());
  }

  private Optional<UserReply.ToAmend> decide(
      Archived archived, UserCommand.Rewrite rewrite, Instant now) {
    var message = archived.message();
    if (!isOwn(archived)) {
      return Optional.of(NOT_OWN);
    }
    if (archived.deletedAt().isPresent()) {
      return Optional.of(TAKEN_BACK);
    }
    if (message.content() instanceof Sealed && !(rewrite.content() instanceof Sealed)) {
      return Optional.of(NOT_SEALED);
    }
    if (message.content().equals(rewrite.content())) {
      var at = archived.editedAt().orElse(message.sentAt());
      return Optional.of(new UserReply.Amended(message.id(), at));
    }
    return now.isAfter(message.sentAt().plus(EDIT_WINDOW))
        ? Optional.of(TOO_OLD)
        : Optional.empty();
  }

  private Optional<UserReply.ToAmend> decide(
      Archived archived, UserCommand.React react, Instant now) {
    if (archived.deletedAt().isPresent()) {
      return Optional.of(TAKEN_BACK);
    }
    var own =
        archived.reactions().entrySet().stream()
            .filter(each -> each.getValue().contains(room.owner()))
            .map(each -> each.getKey())
            .toList();
    if (own.contains(react.emoji()) == react.on()) {
      return Optional.of(new UserReply.Amended(archived.message().id(), now));
    }
    return react.on() && own.size() >= REACTIONS_MOST
        ? Optional.of(TOO_MANY_REACTIONS)
        : Optional.empty();
  }

  private Amendment amendment(Message message, UserCommand.Change change, Instant at) {
    return switch (change) {
      case UserCommand.Rewrite rewrite ->
          new Edit(message.conversation(), message.id(), room.owner(), rewrite.content(), at);
      case UserCommand.TakeBack it ->
          new Deletion(message.conversation(), message.id(), room.owner(), at);
      case UserCommand.React react ->
          new Reaction(
              message.conversation(), message.id(), room.owner(), react.emoji(), react.on(), at);
    };
  }

  private ReplyEffect<UserEvent, UserState> persist(
      UserState state, Amend amend, Amendment amendment) {
    var replyTo = amend.replyTo();
    long sequence = state.nextSequence(amendment.conversation());
    return effects
        .persist(
            new UserEvent.Amended(
                state.mailbox().latest() + 1, amendment, sequence, handOver.upTo()))
        .thenRun((UserState after) -> {
          isLookingUp = false;
          lookUpNext(after);
          room.grown(after);
          handOver.await(
              after.outbox().last(),
              () -> replyTo.tell(new UserReply.Amended(amend.id(), amendment.at())),
              busy -> replyTo.tell(new Refused(busy)));
          handOver.start(after.outbox());
        })
        .thenNoReply();
  }

  /** In a group the change has its place once it comes back from there. */
  private ReplyEffect<UserEvent, UserState> post(
      UserState state, Amend amend, GroupId group, Amendment amendment, UserId author) {
    var replyTo = amend.replyTo();
    long sequence = state.nextSequence(amendment.conversation());
    var posting = new Posting.Amending(sequence, amendment, author);
    return effects
        .persist(
            new UserEvent.Posted(List.of(new Postings.Pending(group, posting)), amendment.at()))
        .thenRun((UserState after) -> {
          isLookingUp = false;
          lookUpNext(after);
          posts.await(
              group,
              sequence,
              amendment::equals,
              done -> replyTo.tell(new UserReply.Amended(amend.id(), amendment.at())),
              refusal -> replyTo.tell(new Refused(refusal)));
          posts.start(after);
        })
        .thenNoReply();
  }
}
