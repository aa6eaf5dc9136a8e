package parley.user;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import parley.message.Failure;
import parley.message.Refusal;
import parley.user.UserReply.Refused;
import parley.user.UserReply.ToChangeContacts;

/** Whom the user knows, and whom they have blocked. */
final class ContactHandlers {

  private static final UserReply.ContactsChanged CHANGED = new UserReply.ContactsChanged();
  private static final Refused TOO_MANY =
      new Refused(new Refusal(Failure.TOO_LARGE, "There are %d already".formatted(Contacts.MOST)));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;

  ContactHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onGetContacts(UserState state, UserCommand.GetContacts get) {
    return effects.reply(get.replyTo(), state.contacts().page(get.after()));
  }

  ReplyEffect<UserEvent, UserState> onPutContact(UserState state, UserCommand.PutContact put) {
    return state.contacts().hasRoomFor(put.contact())
        ? persist(
            new UserEvent.ContactPut(put.contact(), put.name(), room.now(state)), put.replyTo())
        : effects.reply(put.replyTo(), TOO_MANY);
  }

  ReplyEffect<UserEvent, UserState> onRemoveContact(
      UserState state, UserCommand.RemoveContact remove) {
    return state.contacts().names().containsKey(remove.contact())
        ? persist(new UserEvent.ContactRemoved(remove.contact(), room.now(state)), remove.replyTo())
        : effects.reply(remove.replyTo(), CHANGED);
  }

  ReplyEffect<UserEvent, UserState> onBlock(UserState state, UserCommand.Block block) {
    if (state.contacts().isBlocked(block.other())) {
      return effects.reply(block.replyTo(), CHANGED);
    }
    return state.contacts().canBlock(block.other())
        ? persistBlock(new UserEvent.Blocked(block.other(), room.now(state)), block.replyTo())
        : effects.reply(block.replyTo(), TOO_MANY);
  }

  ReplyEffect<UserEvent, UserState> onUnblock(UserState state, UserCommand.Unblock unblock) {
    return state.contacts().isBlocked(unblock.other())
        ? persistBlock(new UserEvent.Unblocked(unblock.other(), room.now(state)), unblock.replyTo())
        : effects.reply(unblock.replyTo(), CHANGED);
  }

  private ReplyEffect<UserEvent, UserState> persistBlock(
      UserEvent event, ActorRef<ToChangeContacts> replyTo) {
    return effects.persist(event).thenRun(room::sharesAnew).thenReply(replyTo, after -> CHANGED);
  }

  private ReplyEffect<UserEvent, UserState> persist(
      UserEvent event, ActorRef<ToChangeContacts> replyTo) {
    return effects.persist(event).thenReply(replyTo, after -> CHANGED);
  }
}
