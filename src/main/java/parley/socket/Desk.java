package parley.socket;

import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import java.util.Optional;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.wire.Problem;

/** What the parts of one session share. */
record Desk(
    Caller caller,
    ActorContext<SessionCommand> context,
    TimerScheduler<SessionCommand> timers,
    Session.Surroundings surroundings,
    Downlink downlink) {

  private static final Refusal SLOWER =
      new Refusal(Failure.TOO_MANY_REQUESTS, "Slower; repeat it after the pause");

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

  /**
   * Takes one of what the user may send for now.
   *
   * @param ref the device's name for what it sends
   * @return empty: taken; else nothing was, and this tells the device when it may go on
   */
  Optional<ServerFrame> takeSend(Optional<String> ref) {
    return surroundings
        .sends()
        .take(owner().value())
        .map(pause ->
            new ServerFrame.Error(
                ref, Problem.of(SLOWER), Optional.of(Math.max(1, pause.toMillis()))));
  }
}
