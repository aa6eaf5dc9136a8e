package parley.socket;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.UserId;
import parley.socket.SessionCommand.Guest;

/** All sessions of this node: opens them, bounds how many a user has, and ends them in order. */
final class Sessions extends AbstractOnMessageBehavior<Sessions.Command> {

  /** Devices come back at different times, so that the other nodes are not overrun. */
  private static final long RECONNECT_AFTER_MS_MIN = 100;

  private static final long RECONNECT_AFTER_MS_MAX = 3_000;

  private static final Refusal GOES_DOWN =
      new Refusal(Failure.BUSY, "This node goes down; connect to another one");
  private static final Refusal TOO_MANY =
      new Refusal(Failure.TOO_MANY_REQUESTS, "This user has too many sockets open already");

  private final Session.Surroundings surroundings;
  private final Map<UserId, Guests> byUser = new HashMap<>();
  private Optional<ActorRef<Done>> drained = Optional.empty();

  /** The sessions of one user, and what they may send together. */
  private record Guests(TokenBucket sends, Set<ActorRef<SessionCommand>> sessions) {}

  sealed interface Command {}

  /** Opens a session for a socket. */
  record Open(Guest guest, ActorRef<Answer> replyTo) implements Command {}

  /** Ends all sessions; answered when there is none left. */
  record Drain(ActorRef<Done> replyTo) implements Command {}

  private record Ended(UserId user, ActorRef<SessionCommand> session) implements Command {}

  sealed interface Answer {}

  record Opened(ActorRef<SessionCommand> session) implements Answer {}

  record Refused(Refusal why) implements Answer {}

  static Behavior<Command> create(Session.Surroundings surroundings) {
    return Behaviors.setup(context -> new Sessions(surroundings, context));
  }

  private Sessions(Session.Surroundings surroundings, ActorContext<Command> context) {
    super(context);
    this.surroundings = surroundings;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Open open -> open.replyTo().tell(open(open.guest()));
      case Ended(var user, var session) -> onEnded(user, session);
      case Drain drain -> onDrain(drain);
    }
    return this;
  }

  private Answer open(Guest guest) {
    if (drained.isPresent()) {
      return new Refused(GOES_DOWN);
    }
    var user = guest.caller().user();
    var guests = byUser.computeIfAbsent(user, id -> newcomers());
    if (guests.sessions().size() >= surroundings.settings().socketsPerUserMax()) {
      return new Refused(TOO_MANY);
    }
    var session = getContext().spawnAnonymous(Session.create(guest, surroundings, guests.sends()));
    getContext().watchWith(session, new Ended(user, session));
    guests.sessions().add(session);
    return new Opened(session);
  }

  private Guests newcomers() {
    var settings = surroundings.settings();
    return new Guests(
        new TokenBucket(settings.sendRate(), settings.sendBurst(), surroundings.clock()),
        new HashSet<>());
  }

  private void onEnded(UserId user, ActorRef<SessionCommand> session) {
    var guests = byUser.get(user);
    guests.sessions().remove(session);
    if (guests.sessions().isEmpty()) {
      byUser.remove(user);
    }
    tellDrained();
  }

  private void onDrain(Drain drain) {
    drained = Optional.of(drain.replyTo());
    byUser.values().stream()
        .flatMap(guests -> guests.sessions().stream())
        .forEach(session -> session.tell(new SessionCommand.Drain(reconnectAfterMs())));
    tellDrained();
  }

  private static long reconnectAfterMs() {
    return ThreadLocalRandom.current().nextLong(RECONNECT_AFTER_MS_MIN, RECONNECT_AFTER_MS_MAX + 1);
  }

  private void tellDrained() {
    if (byUser.isEmpty()) {
      drained.ifPresent(replyTo -> replyTo.tell(Done.getInstance()));
    }
  }
}
