package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.Optional;
import parley.group.GroupReply;
import parley.message.Failure;
import parley.message.Refusal;

/** What a user asks of their groups, and how they arrange their conversations. */
final class GroupHandlers {

  private static final GroupReply.Refused SESSION_ENDED =
      new GroupReply.Refused(
          new Refusal(Failure.UNAUTHENTICATED, "This session has ended; sign in again"));
  private static final GroupReply.Refused NOT_IN_OWN_NAME =
      new GroupReply.Refused(
          new Refusal(Failure.NOT_ALLOWED, "A user asks groups in their own name only"));
  private static final UserReply.Refused NO_SUCH_CONVERSATION =
      new UserReply.Refused(new Refusal(Failure.NOT_FOUND, "There is no such conversation"));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;

  GroupHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onInGroup(UserState state, UserCommand.InGroup ask) {
    if (!state.admits(ask.caller())) {
      return effects.reply(ask.asked().replyTo(), SESSION_ENDED);
    }
    if (!ask.asked().by().equals(room.owner())) {
      return effects.reply(ask.asked().replyTo(), NOT_IN_OWN_NAME);
    }
    room.surroundings().groups().of(ask.group()).tell(ask.asked());
    return effects.noReply();
  }

  ReplyEffect<UserEvent, UserState> onArrange(UserState state, UserCommand.Arrange arrange) {
    var conversation = state.conversations().find(arrange.conversation());
    if (conversation.isEmpty()) {
      return effects.reply(arrange.replyTo(), NO_SUCH_CONVERSATION);
    }
    var before = conversation.get().arrangement();
    var arrangement =
        new UserReply.Arrangement(
            arrange
                .mutedUntil()
                .map(until -> Optional.of(until).filter(it -> !it.equals(Instant.EPOCH)))
                .orElse(before.mutedUntil()),
            arrange.pinned().orElse(before.pinned()),
            arrange.archived().orElse(before.archived()));
    if (arrangement.equals(before)) {
      return effects.reply(arrange.replyTo(), new UserReply.Arranged(before));
    }
    return effects
        .persist(new UserEvent.Arranged(arrange.conversation(), arrangement, room.now(state)))
        .thenReply(arrange.replyTo(), after -> new UserReply.Arranged(arrangement));
  }
}
