package parley.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.javadsl.EffectFactories;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.message.UserId;

/** What the handlers of one user's actor share. */
record Room(
    UserId owner,
    ActorContext<UserCommand> context,
    TimerScheduler<UserCommand> timers,
    User.Surroundings surroundings,
    Listeners listeners,
    EffectFactories<UserEvent, UserState> effects) {

  UserSettings settings() {
    return surroundings.settings();
  }

  /** The time, which unlike that of events may go back. */
  Instant clock() {
    return surroundings.clock().instant();
  }

  /** The time of an event that happens now. */
  Instant now(UserState state) {
    return state.timeOf(clock());
  }

  /** Asks another actor. Fails when there is no answer within {@code peer-timeout}. */
  <C, R> CompletionStage<R> ask(RecipientRef<C> peer, Function<ActorRef<R>, C> question) {
    return AskPattern.ask(
        peer, question::apply, settings().peerTimeout(), context.getSystem().scheduler());
  }

  /** Notes receipts and acknowledgements, together with those that follow shortly. */
  void sendReceiptsSoon() {
    if (!timers.isTimerActive(User.SendReceipts.INSTANCE)) {
      timers.startSingleTimer(User.SendReceipts.INSTANCE, settings().receiptDelay());
    }
  }

  /** Tells whoever waits for it: the mailbox has new entries. */
  void grown(UserState after) {
    listeners.release(after.mailbox().latest(), after.mailbox()::next);
    notifySoon(after);
  }

  /** With whom the user shares their presence may have changed. */
  void sharesAnew(UserState after) {
    listeners.tell(
        new UserReply.Sharing(
            after.correspondents(), after.account().orElseThrow().showsPresence()));
  }

  /** Devices that no socket connects may have something to be notified about. */
  void notifySoon(UserState state) {
    if (state.devices().hasPushes() && !timers.isTimerActive(User.Notify.INSTANCE)) {
      timers.startSingleTimer(User.Notify.INSTANCE, surroundings.pushes().pace().delay());
    }
  }

  /** What was persisted at that time, as {@link System#nanoTime()} tells it, is durable now. */
  void journaled(long persistedAt) {
    surroundings.metrics().journaled(Duration.ofNanos(System.nanoTime() - persistedAt));
  }
}
