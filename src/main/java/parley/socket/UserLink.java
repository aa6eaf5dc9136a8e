package parley.socket;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import java.util.Optional;
import parley.user.UserCommand;
import parley.user.UserReply;

/**
 * The way to the user's actor: through the shards until it has answered, then to itself, which
 * saves two actors on each way of a message. Whatever is lost when it goes is said again once it is
 * found again.
 */
final class UserLink {

  private final Desk desk;
  private final ActorRef<UserReply.ToSession> answers;
  private Optional<ActorRef<UserCommand>> actor = Optional.empty();
  private boolean attached;

  UserLink(Desk desk) {
    this.desk = desk;
    this.answers =
        desk.context().messageAdapter(UserReply.ToSession.class, SessionCommand.UserSays::new);
  }

  /** Where the user's actor answers to. */
  ActorRef<UserReply.ToSession> answers() {
    return answers;
  }

  /** Whether the actor is known, and knows the session. */
  boolean isAttached() {
    return attached;
  }

  /** The actor has answered; from now on it is watched. */
  void attached(ActorRef<UserCommand> now) {
    attached = true;
    if (!actor.equals(Optional.of(now))) {
      actor.ifPresent(desk.context()::unwatch);
      desk.context().watchWith(now, new SessionCommand.UserGone(now));
      actor = Optional.of(now);
    }
  }

  /** It has to be found anew. */
  void interrupted() {
    attached = false;
  }

  /** Whether it is the one that was found last; then it is no more. */
  boolean isGone(ActorRef<UserCommand> gone) {
    boolean isOurs = actor.equals(Optional.of(gone));
    actor = isOurs ? Optional.empty() : actor;
    return isOurs;
  }

  /** Where to say something. */
  RecipientRef<UserCommand> user() {
    return attached ? actor.orElseThrow() : desk.user();
  }
}
