package parley.cluster;

import akka.Done;
import akka.actor.Address;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import parley.archive.Charter;
import parley.archive.Charter.Holder;

/**
 * Joins the cluster that holds the charter, or begins it when there is none; from then on keeps the
 * charter, and ends this node when another cluster holds it. A charter that cannot be asked changes
 * nothing: neither is a cluster begun, nor does one end.
 */
final class CharterKeeper extends AbstractOnMessageBehavior<CharterKeeper.Command> {

  /** How often the charter is looked at, and how long others are given to answer at the start. */
  static final Duration EVERY = Duration.ofSeconds(5);

  /**
   * Looks at a holder that is none of ours, one after the other, until it is another cluster's: one
   * that has left is gone by then.
   */
  private static final int STRANGE_LOOKS_MOST =
      Charter.HELD_SECONDS / Math.toIntExact(EVERY.toSeconds()) + 2;

  private final ActorContext<Command> context;
  private final Cluster cluster;
  private final Charter charter;
  private final Seeding seeding;
  private final UUID own = UUID.randomUUID();
  private Optional<UUID> known = Optional.empty();
  private Optional<ActorRef<Done>> leaving = Optional.empty();
  private boolean isLooking;
  private boolean hasAskedOthers;
  private int strangeLooks;

  sealed interface Command {}

  private enum Look implements Command {
    INSTANCE
  }

  /** What the charter says; empty when nobody holds it. */
  private record Seen(Optional<Holder> holder) implements Command {}

  private record Unseen(Throwable cause) implements Command {}

  /** The node leaves; it is answered when the charter needs it no longer. */
  private record Leave(ActorRef<Done> replyTo) implements Command {}

  /**
   * The keeper of this node.
   *
   * @param every {@link #EVERY}, but in tests
   */
  static Behavior<Command> create(Charter charter, Seeding seeding, Duration every) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerAtFixedRate(Look.INSTANCE, Duration.ZERO, every);
          return new CharterKeeper(context, charter, seeding);
        }));
  }

  private CharterKeeper(ActorContext<Command> context, Charter charter, Seeding seeding) {
    super(context);
    this.context = context;
    this.cluster = Cluster.get(context.getSystem());
    this.charter = charter;
    this.seeding = seeding;
    CoordinatedShutdown.get(context.getSystem())
        .addTask(
            CoordinatedShutdown.PhaseBeforeClusterShutdown(),
            "release-charter",
            () ->
                AskPattern.ask(
                    context.getSelf(), Leave::new, EVERY, context.getSystem().scheduler()));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Look.INSTANCE -> look();
      case Seen seen -> onSeen(seen);
      case Unseen unseen -> onUnseen(unseen);
      case Leave leave -> leaving = Optional.of(leave.replyTo());
    }
    return isLooking ? this : leaving.<Behavior<Command>>map(this::release).orElse(this);
  }

  private void onSeen(Seen seen) {
    isLooking = false;
    if (isMember()) {
      check(seen.holder());
    } else {
      meet(seen.holder());
    }
  }

  private void onUnseen(Unseen unseen) {
    isLooking = false;
    context
        .getLog()
        .warn("The charter cannot be read, will look again: {}", unseen.cause().toString());
  }

  /** The last node gives it back, when nothing is on its way that would take it again. */
  private Behavior<Command> release(ActorRef<Done> replyTo) {
    var released =
        members().size() == 1
            ? charter.release(contact(cluster.selfMember().address()))
            : CompletableFuture.completedStage(Done.getInstance());
    released.whenComplete((done, failure) -> replyTo.tell(Done.getInstance()));
    return Behaviors.stopped();
  }

  private void look() {
    if (isLooking) {
      return;
    }
    if (isMember() && isKeeper()) {
      see(charter.renew(mine()).thenApply(Optional::of));
    } else {
      see(charter.holder());
    }
  }

  private void see(CompletionStage<Optional<Holder>> answer) {
    isLooking = true;
    context.pipeToSelf(
        answer, (holder, failure) -> failure == null ? new Seen(holder) : new Unseen(failure));
  }

  private boolean isMember() {
    return cluster.selfMember().status() != MemberStatus.removed();
  }

  /** The node with users that is a member for longest: one of all, as long as they agree. */
  private boolean isKeeper() {
    return members().stream()
        .filter(it -> it.hasRole(Role.USER.label()) && it.status() == MemberStatus.up())
        .min(Member.ageOrdering())
        .filter(cluster.selfMember()::equals)
        .isPresent();
  }

  private List<Member> members() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false).toList();
  }

  private Holder mine() {
    return new Holder(known.orElse(own), contact(cluster.selfMember().address()));
  }

  private static String contact(Address address) {
    return address.hostPort().substring(address.hostPort().indexOf('@') + 1);
  }

  /** Not a member yet: goes where the holder is, and begins a cluster if nobody else answers. */
  private void meet(Optional<Holder> holder) {
    var contacts = holder.map(Holder::contact).filter(it -> !it.equals(mine().contact()));
    if (holder.filter(it -> it.cluster().equals(own)).isPresent()) {
      known = Optional.of(own);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    } else if (holder.isEmpty() && seeding.begins() && (hasAskedOthers || !seeding.hasOthers())) {
      see(charter.claim(mine()).thenApply(Optional::of));
    } else {
      hasAskedOthers = true;
      seeding.join(contacts);
    }
  }

  /** A member: whoever holds the charter is of the same cluster, or this one has lost it. */
  private void check(Optional<Holder> holder) {
    if (holder.isEmpty()) {
      return;
    }
    var is = holder.get();
    if (known.isEmpty() && isOurs(is)) {
      known = Optional.of(is.cluster());
    }
    boolean isStrange = !known.filter(is.cluster()::equals).isPresent();
    strangeLooks = isStrange ? strangeLooks + 1 : 0;
    if (isStrange && (known.isPresent() || strangeLooks >= STRANGE_LOOKS_MOST)) {
      context
          .getLog()
          .error("Another cluster has been begun, at {}: this node ends itself", is.contact());
      cluster.manager().tell(new Down(cluster.selfMember().address()));
    }
  }

  private boolean isOurs(Holder holder) {
    return members().stream().anyMatch(it -> contact(it.address()).equals(holder.contact()));
  }
}
