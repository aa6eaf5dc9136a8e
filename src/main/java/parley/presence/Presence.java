package parley.presence;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import parley.message.ConversationId;
import parley.message.UserId;

/**
 * Whether one user is online: an actor in memory only, beside the user's own, which it never wakes.
 *
 * <p>It tells those who follow it and whom the user corresponds with, and tells the user's sockets
 * of those whom it follows. Both sides have to agree: a stranger learns nothing. Changes are
 * coalesced: one that goes and comes back at once has never been away.
 */
public final class Presence extends AbstractOnMessageBehavior<PresenceCommand> {

  /** How often it says again whom it follows: what was lost with a node comes back by then. */
  public static final Duration RENEWAL = Duration.ofMinutes(5);

  /** At most one change is told in this time. */
  static final Duration CALM = Duration.ofSeconds(1);

  /** Two renewals may be lost. */
  private static final Duration MEMORY = RENEWAL.multipliedBy(3);

  /** Who is online says so at each renewal. One may be lost. */
  private static final Duration BELIEVED = RENEWAL.multipliedBy(2).plus(CALM);

  private final UserId owner;
  private final Surroundings surroundings;
  private final Runnable stop;
  private final TimerScheduler<PresenceCommand> timers;
  private final Map<ActorRef<PresenceReply>, PresenceCommand.Enter> sessions = new HashMap<>();
  private final Followers followers = new Followers(MEMORY);
  private final Map<UserId, PresenceReply.Seen> seen = new HashMap<>();
  private final Map<UserId, Instant> heardOf = new HashMap<>();
  private Set<UserId> correspondents = Set.of();
  private Set<UserId> following = Set.of();
  private boolean shown;
  private boolean toldOnline;
  private Optional<Instant> lastSeen = Optional.empty();

  /** What every presence works with. */
  public record Surroundings(Presences presences, InstantSource clock) {}

  /** What it tells itself. */
  sealed interface Internal extends PresenceCommand {}

  private record SessionGone(ActorRef<PresenceReply> session) implements Internal {}

  /** A change may be told again. */
  private enum Calm implements Internal {
    INSTANCE
  }

  private enum Renew implements Internal {
    INSTANCE
  }

  /**
   * The presence of the user.
   *
   * @param stop runs when nobody needs it any more: {@link PresenceCommand.Stop} is to follow
   */
  public static Behavior<PresenceCommand> create(
      UserId owner, Surroundings surroundings, Runnable stop) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new Presence(owner, surroundings, stop, context, timers)));
  }

  private Presence(
      UserId owner,
      Surroundings surroundings,
      Runnable stop,
      ActorContext<PresenceCommand> context,
      TimerScheduler<PresenceCommand> timers) {
    super(context);
    this.owner = owner;
    this.surroundings = surroundings;
    this.stop = stop;
    this.timers = timers;
    timers.startTimerWithFixedDelay(Renew.INSTANCE, RENEWAL);
  }

  @Override
  public Behavior<PresenceCommand> onMessage(PresenceCommand command) {
    switch (command) {
      case PresenceCommand.Enter enter -> onEnter(enter);
      case PresenceCommand.Follow follow -> onFollow(follow.follower());
      case PresenceCommand.Changed changed -> onChanged(changed);
      case PresenceCommand.Type type -> onType(type);
      case SessionGone gone -> onGone(gone.session());
      case Calm.INSTANCE -> tellChange();
      case Renew.INSTANCE -> onRenew();
      case PresenceCommand.Stop.INSTANCE -> {
        return Behaviors.stopped();
      }
    }
    return this;
  }

  private void onEnter(PresenceCommand.Enter enter) {
    var session = enter.session();
    boolean isNew = sessions.put(session, enter) == null;
    session.tell(new PresenceReply.Entered(getContext().getSelf()));
    if (isNew) {
      getContext().watchWith(session, new SessionGone(session));
      if (enter.shown()) {
        seen.values().forEach(session::tell);
      }
    }
    var knew = followers.all().stream().filter(this::mayKnow).toList();
    shown = enter.shown();
    learnCorrespondents();
    knew.stream().filter(follower -> !mayKnow(follower)).forEach(this::hideFrom);
    followNew();
    if (!timers.isTimerActive(Calm.INSTANCE)) {
      tellChange();
    }
  }

  private void learnCorrespondents() {
    correspondents =
        sessions.values().stream()
            .flatMap(enter -> enter.correspondents().stream())
            .collect(Collectors.toSet());
  }

  private void followNew() {
    var wanted = shown ? new HashSet<>(correspondents) : new HashSet<UserId>();
    var before = following;
    following = Set.copyOf(wanted);
    seen.values().stream()
        .filter(it -> it.online() && !following.contains(it.user()))
        .map(it -> new PresenceReply.Seen(it.user(), false, Optional.empty()))
        .forEach(unknown -> sessions.keySet().forEach(session -> session.tell(unknown)));
    seen.keySet().retainAll(following);
    heardOf.keySet().retainAll(following);
    wanted.removeAll(before);
    wanted.forEach(this::follow);
    // Those met just now may have been following already, in vain.
    followers.all().stream().filter(wanted::contains).filter(f -> toldOnline).forEach(this::tell);
  }

  private void follow(UserId other) {
    surroundings.presences().of(other).tell(new PresenceCommand.Follow(owner));
  }

  private void onFollow(UserId follower) {
    followers.add(follower, surroundings.clock().instant());
    if (mayKnow(follower)) {
      tell(follower);
    }
  }

  private boolean mayKnow(UserId follower) {
    return shown && correspondents.contains(follower);
  }

  private void tell(UserId follower) {
    tell(follower, toldOnline, toldOnline ? Optional.empty() : lastSeen);
  }

  /** For whom may not know any more the user has gone. */
  private void hideFrom(UserId follower) {
    tell(follower, false, Optional.empty());
  }

  private void tell(UserId follower, boolean online, Optional<Instant> last) {
    surroundings.presences().of(follower).tell(new PresenceCommand.Changed(owner, online, last));
  }

  private void onChanged(PresenceCommand.Changed changed) {
    if (!following.contains(changed.user())) {
      return;
    }
    heardOf.put(changed.user(), surroundings.clock().instant());
    var now = new PresenceReply.Seen(changed.user(), changed.online(), changed.lastSeen());
    if (!now.equals(seen.put(changed.user(), now))) {
      sessions.forEach((session, enter) -> {
        if (enter.shown()) {
          session.tell(now);
        }
      });
    }
  }

  /** A group tells its members alone, so what comes from one is for this user to see. */
  private void onType(PresenceCommand.Type type) {
    boolean isMeant =
        switch (type.conversation()) {
          case ConversationId.Direct direct -> correspondents.contains(type.user());
          case ConversationId.Group group -> true;
        };
    if (isMeant) {
      var typed = new PresenceReply.Typed(type.conversation(), type.user(), type.on());
      sessions.keySet().forEach(session -> session.tell(typed));
    }
  }

  private void onGone(ActorRef<PresenceReply> session) {
    sessions.remove(session);
    if (sessions.isEmpty()) {
      lastSeen = Optional.of(surroundings.clock().instant());
      following = Set.of();
      seen.clear();
      heardOf.clear();
      timers.startSingleTimer(Calm.INSTANCE, CALM);
    } else {
      learnCorrespondents();
    }
  }

  /** Tells followers of a change, if there is one; the next one after a while. */
  private void tellChange() {
    boolean online = !sessions.isEmpty();
    if (online != toldOnline) {
      toldOnline = online;
      followers.all().stream().filter(this::mayKnow).forEach(this::tell);
      timers.startSingleTimer(Calm.INSTANCE, CALM);
    }
  }

  /** Those whose presence went down with its node, and did not begin anew, are not online. */
  private void forgetUnheard() {
    var longAgo = surroundings.clock().instant().minus(BELIEVED);
    seen.values().stream()
        .filter(PresenceReply.Seen::online)
        .map(PresenceReply.Seen::user)
        .filter(user -> heardOf.get(user).isBefore(longAgo))
        .toList()
        .forEach(user -> onChanged(new PresenceCommand.Changed(user, false, Optional.empty())));
  }

  private void onRenew() {
    forgetUnheard();
    following.forEach(this::follow);
    followers.forget(surroundings.clock().instant());
    if (sessions.isEmpty() && followers.hasNone()) {
      stop.run();
    }
  }
}
