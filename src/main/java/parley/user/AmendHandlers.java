package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Failure;
import parley.message.Message;
import parley.message.Reaction;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand.Amend;
import parley.user.UserReply.Refused;

/** Changing what was said: edits, deletions, reactions. Each is an entry, handed over in order. */
final class AmendHandlers {

  /** How long after it was said a message may be edited. */
  static final Duration EDIT_WINDOW = Duration.ofMinutes(15);

  private static final Refused NO_SUCH_MESSAGE =
      refused(Failure.NOT_FOUND, "There is no such message");
  private static final Refused UNREADABLE =
      refused(Failure.BUSY, "The archive could not be read; try again");

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final HandOver handOver;

  AmendHandlers(Room room, HandOver handOver) {
    this.room = room;
    this.effects = room.effects();
    this.handOver = handOver;
  }

  private static Refused refused(Failure failure, String detail) {
    return new Refused(new Refusal(failure, detail));
  }

  /** Looks the message up first: what it says now is in the archive. */
  ReplyEffect<UserEvent, UserState> onAmend(UserState state, Amend amend) {
    if (state.conversations().of(amend.id()).isEmpty()) {
      return effects.reply(amend.replyTo(), NO_SUCH_MESSAGE);
    }
    room.context()
        .pipeToSelf(
            room.surroundings().archive().find(List.of(amend.id())),
            (found, failure) ->
                failure == null
                    ? new User.ToAmend(amend, Optional.ofNullable(found.get(amend.id())))
                    : new User.NotSearched(failure, amend.replyTo()));
    return effects.noReply();
  }

  ReplyEffect<UserEvent, UserState> onFound(UserState state, User.ToAmend found) {
    var amend = found.amend();
    if (found.archived().filter(archived -> isVisible(state, archived.message())).isEmpty()) {
      return effects.reply(amend.replyTo(), NO_SUCH_MESSAGE);
    }
    var archived = found.archived().get();
    var now = room.now(state);
    var refusal = refusal(archived, amend.change(), now);
    if (refusal.isPresent()) {
      return effects.reply(amend.replyTo(), refusal.get());
    }
    if (isSo(archived, amend.change())) {
      return effects.reply(amend.replyTo(), new UserReply.Amended(amend.id(), now));
    }
    return persist(state, amend, amendment(archived.message(), amend.change(), now));
  }

  private boolean isVisible(UserState state, Message message) {
    return message.conversation().concerns(room.owner())
        && state.visibility(message.conversation()).shows(message, room.owner());
  }

  private Optional<Refused> refusal(Archived archived, UserCommand.Change change, Instant now) {
    boolean own = archived.message().from().equals(room.owner());
    boolean late = now.isAfter(archived.message().sentAt().plus(EDIT_WINDOW));
    boolean gone = archived.deletedAt().isPresent();
    return switch (change) {
      case UserCommand.Rewrite it when !own -> Optional.of(notOwn());
      case UserCommand.Rewrite it when gone -> Optional.of(takenBack());
      case UserCommand.Rewrite it when late ->
          Optional.of(refused(Failure.TOO_LATE, "A message can be edited for 15 minutes"));
      case UserCommand.TakeBack it when !own -> Optional.of(notOwn());
      case UserCommand.React it when gone -> Optional.of(takenBack());
      case UserCommand.Rewrite it -> Optional.empty();
      case UserCommand.TakeBack it -> Optional.empty();
      case UserCommand.React it -> Optional.empty();
    };
  }

  private static Refused notOwn() {
    return refused(Failure.NOT_ALLOWED, "Only who said it can change it");
  }

  private static Refused takenBack() {
    return refused(Failure.TOO_LATE, "The message was deleted");
  }

  /** Whether the change is made already: a repeat has no further effect. */
  private boolean isSo(Archived archived, UserCommand.Change change) {
    return switch (change) {
      case UserCommand.Rewrite rewrite -> archived.message().content().equals(rewrite.content());
      case UserCommand.TakeBack it -> archived.deletedAt().isPresent();
      case UserCommand.React react -> {
        SortedSet<UserId> none = new TreeSet<>();
        var users = archived.reactions().getOrDefault(react.emoji(), none);
        yield users.contains(room.owner()) == react.on();
      }
    };
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
    if (state.outbox().size(handOver.upTo()) >= room.settings().outboxEntriesMax()) {
      return effects.reply(
          replyTo, refused(Failure.BUSY, "Earlier messages are still on their way"));
    }
    long sequence = state.nextSequence(amendment.conversation());
    return effects
        .persist(
            new UserEvent.Amended(
                state.mailbox().latest() + 1, amendment, sequence, handOver.upTo()))
        .thenRun((UserState after) -> {
          room.grown(after);
          handOver.await(
              after.outbox().last(),
              () -> replyTo.tell(new UserReply.Amended(amend.id(), amendment.at())),
              busy -> replyTo.tell(new Refused(busy)));
          handOver.start(after.outbox());
        })
        .thenNoReply();
  }

  ReplyEffect<UserEvent, UserState> onNotSearched(User.NotSearched failed) {
    room.context()
        .getLog()
        .warn("Store not readable, answered busy, user={}", room.owner(), failed.cause());
    return effects.reply(failed.replyTo(), UNREADABLE);
  }
}
