package parley.user;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.function.Predicate;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Refusal;
import parley.user.UserReply.Refused;

/** Looking for an entry of the mailbox: in memory, or in the journal. */
final class SearchHandlers {

  static final Refused NO_SUCH_MESSAGE =
      new Refused(new Refusal(Failure.NOT_FOUND, "There is no such message"));

  /** The most searches of the journal at a time: what they find may all come while one is noted. */
  static final int SEARCHES_MOST = 64;

  private static final Refused TOO_MANY_SEARCHES =
      new Refused(new Refusal(Failure.BUSY, "Too much is being looked for already; try again"));
  private static final Refused UNREADABLE =
      new Refused(new Refusal(Failure.BUSY, "The journal could not be read; try again"));

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private int searches;

  SearchHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
  }

  /** Goes on with the message of that id, or refuses when this mailbox has none. */
  ReplyEffect<UserEvent, UserState> withMessage(
      UserState state, MessageId id, ActorRef<? super Refused> replyTo, User.Continuation then) {
    if (state.conversations().of(id).isEmpty()) {
      return effects.reply(replyTo, NO_SUCH_MESSAGE);
    }
    Predicate<Positioned> isIt =
        entry -> entry.entry() instanceof Message message && message.id().equals(id);
    var recent = state.mailbox().recent().find(1, isIt);
    if (recent.isPresent()) {
      return then.apply(state, recent.get());
    }
    long from = state.mailbox().index().since(id.saidAt());
    return withEntry(state, new Search(1, from, isIt), replyTo, then);
  }

  /**
   * What to look for.
   *
   * @param position from which on it may be
   * @param sequence in the journal from which on it may be
   */
  record Search(long position, long sequence, Predicate<Positioned> fits) {}

  /** Goes on with the first fitting entry: from memory if that is sure to have it. */
  ReplyEffect<UserEvent, UserState> withEntry(
      UserState state, Search search, ActorRef<? super Refused> replyTo, User.Continuation then) {
    var recent = state.mailbox().recent();
    if (recent.first() <= search.position()) {
      return goOn(
          state, new User.Found(recent.find(search.position(), search.fits()), then, replyTo));
    }
    if (searches == SEARCHES_MOST) {
      return effects.reply(replyTo, TOO_MANY_SEARCHES);
    }
    searches++;
    var found = room.surroundings().reader().find(room.owner(), search.sequence(), search.fits());
    room.context()
        .pipeToSelf(
            found,
            (entry, failure) ->
                failure == null
                    ? new User.Found(entry, then, replyTo)
                    : new User.NotSearched(failure, replyTo));
    return effects.noReply();
  }

  ReplyEffect<UserEvent, UserState> onFound(UserState state, User.Found found) {
    searched();
    return goOn(state, found);
  }

  private void searched() {
    searches = Math.max(0, searches - 1);
  }

  /** The actor begins anew: what is still looked for may be told or not. */
  void restart() {
    searches = 0;
  }

  private ReplyEffect<UserEvent, UserState> goOn(UserState state, User.Found found) {
    return found.entry().isPresent()
        ? found.then().apply(state, found.entry().get())
        : effects.reply(found.replyTo(), NO_SUCH_MESSAGE);
  }

  ReplyEffect<UserEvent, UserState> onNotSearched(User.NotSearched failed) {
    searched();
    room.context()
        .getLog()
        .warn("Journal not readable, answered busy, user={}", room.owner(), failed.cause());
    return effects.reply(failed.replyTo(), UNREADABLE);
  }
}
