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
  private final Map<UserId, Set<ActorRef<SessionCommand>>> byUser = new HashMap<>();
  private Optional<ActorRef<Done>> drained = Optional.empty();

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
    var others = byUser.computeIfAbsent(user, id -> new HashSet<>());
    if (others.size() >= surroundings.settings().socketsPerUserMax()) {
      return new Refused(TOO_MANY);
    }
    var session = getContext().spawnAnonymous(Session.create(guest, surroundings));
    getContext().watchWith(session, new Ended(user, session));
    others.add(session);
    return new Opened(session);
  }

  private void onEnded(UserId user, ActorRef<SessionCommand> session) {
    var others = byUser.get(user);
    others.remove(session);
    if (others.isEmpty()) {
      byUser.remove(user);
    }
    tellDrained();
  }

  private void onDrain(Drain drain) {
    drained = Optional.of(drain.replyTo());
    byUser.values().stream()
        .flatMap(Set::stream)
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
