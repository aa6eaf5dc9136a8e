package parley.socket;

import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import parley.message.Caller;
import parley.message.UserId;
import parley.user.UserCommand;

/** What the parts of one session share. */
record Desk(
    Caller caller,
    ActorContext<SessionCommand> context,
    TimerScheduler<SessionCommand> timers,
    Session.Surroundings surroundings,
    Downlink downlink) {

  SocketSettings settings() {
    return surroundings.settings();
  }

  UserId owner() {
    return caller.user();
  }

  /** The actor of the user whose socket it is. */
  RecipientRef<UserCommand> user() {
    return surroundings.users().of(caller.user());
  }
}
