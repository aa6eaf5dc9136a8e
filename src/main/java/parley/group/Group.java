package parley.group;

import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandlerWithReply;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehaviorWithEnforcedReplies;
import akka.persistence.typed.javadsl.ReplyEffect;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import java.time.Duration;
import java.time.InstantSource;
import parley.archive.Archive;
import parley.distribution.Distributor;
import parley.intake.Intake;
import parley.intake.Unpublished;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.Refusal;

/**
 * The actor of one group: the single writer of its order. It knows who is a member and what each
 * may do, gives what is said its id and its place, and hands it over to all.
 *
 * <p>What a member says takes this way, and is safe on it:
 *
 * <ol>
 *   <li>The member's own actor journals a {@link Posting} with the next sequence for this group,
 *       and posts it, again and again until it is answered, one {@link GroupCommand.Post} at a time
 *       and in order. So nothing is lost, and nothing overtakes.
 *   <li>The group journals it, with id and place. It keeps one number for each member, also of
 *       those who left: the sequence of the last posting taken from them. What is not above it was
 *       taken before, and is answered so. So nothing is taken twice, whichever of the two crashes.
 *   <li>What is refused takes no place and leaves no trace here: posted again it would be decided
 *       again. The member's actor does not, once it knows; only a request that was delayed on the
 *       network over a removal and a return could still be taken after its refusal.
 *   <li>All members get it from here, whoever said it too: in the one order of the group, with its
 *       sequence ({@link FanOut}). Their actors take each place of the order once and let none out.
 *       The own copy is what tells the sender id and position; so a sender who is answered has
 *       their message in their own mailbox, where the same client id finds it again.
 * </ol>
 *
 * <p>Once it is journaled here the group goes on handing it over, whatever fails, with bounded
 * repetition; no post waits for that, as long as the outbox has room.
 */
public final class Group
    extends EventSourcedBehaviorWithEnforcedReplies<GroupCommand, GroupEvent, GroupState> {

  static final GroupReply.Refused NOT_A_MEMBER =
      new GroupReply.Refused(
          new Refusal(Failure.NOT_A_MEMBER, "You are not a member of this group"));

  private static final Duration RESTART_PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(10);
  private static final int SNAPSHOTS_KEPT = 2;
  private static final GroupReply.Refused BUSY =
      new GroupReply.Refused(new Refusal(Failure.BUSY, "This group has too much to do; try again"));
  private static final Intake.Door<GroupCommand> DOOR =
      new Intake.Door<>(
          GroupCommand.class,
          NextCommand.INSTANCE,
          Internal.class::isInstance,
          GroupCommand.Stop.INSTANCE,
          Group::refuseBusy);

  private final GroupId id;
  private final Intake<GroupCommand> intake;
  private final GroupSettings settings;
  private final Room room;
  private final ProfileHandlers profiles;
  private final MemberHandlers members;
  private final InviteHandlers invites;
  private final PostHandlers posts;
  private final MarkHandlers marks;
  private final WorkHandlers work;

  /** What every group's actor works with. */
  public record Surroundings(
      Distributor distributor, Archive archive, InstantSource clock, GroupSettings settings) {}

  /** What the actor tells itself. */
  sealed interface Internal extends GroupCommand {}

  /**
   * A batch has arrived.
   *
   * @param batch which one
   * @param recipients how many of the round's are through now
   * @param deliveries how many the batch had
   */
  record BatchDone(long batch, int recipients, int deliveries) implements Internal {}

  /** A batch has failed. */
  record BatchFailed(long batch, Throwable cause) implements Internal {}

  /** It is time to try again. */
  enum Retry implements Internal {
    INSTANCE
  }

  /** Marks have been collected for long enough. */
  enum Settle implements Internal {
    INSTANCE
  }

  /** The outbox did not empty in time. */
  enum StopNow implements Internal {
    INSTANCE
  }

  /** A command had its turn, and one that waits may come in: for {@link Intake} alone. */
  enum NextCommand implements Internal {
    INSTANCE
  }

  /** The actor of the group. */
  public static Behavior<GroupCommand> create(GroupId id, Surroundings surroundings) {
    return Behaviors.setup(context -> {
      var intake = new Intake<>(DOOR, context.getSelf());
      return Behaviors.intercept(
          () -> intake,
          Behaviors.withTimers(
              timers -> Unpublished.of(new Group(id, surroundings, context, timers, intake))));
    });
  }

  private Group(
      GroupId id,
      Surroundings surroundings,
      ActorContext<GroupCommand> context,
      TimerScheduler<GroupCommand> timers,
      Intake<GroupCommand> intake) {
    super(
        PersistenceId.of("group", id.value()),
        SupervisorStrategy.restartWithBackoff(RESTART_PAUSE_MIN, RESTART_PAUSE_MAX, 0.2));
    this.id = id;
    this.intake = intake;
    this.settings = surroundings.settings();
    var handOver = new HandOver(context, timers, surroundings);
    this.room = new Room(id, context, timers, surroundings, handOver, Effect());
    this.profiles = new ProfileHandlers(room);
    this.members = new MemberHandlers(room);
    this.invites = new InviteHandlers(room);
    this.posts = new PostHandlers(room);
    this.marks = new MarkHandlers(room);
    this.work = new WorkHandlers(room, marks);
  }

  private static void refuseBusy(GroupCommand command) {
    if (command instanceof GroupCommand.Asked asked) {
      asked.replyTo().tell(BUSY);
    } else if (command instanceof GroupCommand.Post post) {
      post.replyTo().tell(new GroupReply.NotPosted());
    }
  }

  @Override
  public GroupState emptyState() {
    return GroupState.empty(id, settings);
  }

  @Override
  public CommandHandlerWithReply<GroupCommand, GroupEvent, GroupState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<GroupState, GroupEvent> eventHandler() {
    return (state, event) -> state.begun().on(event);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), SNAPSHOTS_KEPT);
  }

  @Override
  public SnapshotAdapter<GroupState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(GroupState state) {
        return state.toSnapshot();
      }

      @Override
      public GroupState fromJournal(Object stored) {
        return new GroupState(id, settings, (GroupSnapshot) stored);
      }
    };
  }

  @Override
  public SignalHandler<GroupState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), work::onRecovered)
        .build();
  }

  private ReplyEffect<GroupEvent, GroupState> onCommand(GroupState state, GroupCommand command) {
    if (!(command instanceof Internal)) {
      intake.onTurn();
    }
    if (state.isOver(room.clock(), settings.archiveTime()) && room.handOver().isDone(state)) {
      return work.bury(state, command);
    }
    return switch (command) {
      case GroupCommand.Asked asked -> onAsked(state, asked);
      case GroupCommand.Post post -> posts.onPost(state, post);
      case GroupCommand.Mark mark -> marks.onMark(state, mark);
      case GroupCommand.GetStanding get -> members.onGetStanding(state, get);
      case GroupCommand.GetPicture get -> profiles.onGetPicture(state, get);
      case GroupCommand.Stop stop -> work.onStop(state);
      case Internal internal -> onInternal(state, internal);
    };
  }

  private ReplyEffect<GroupEvent, GroupState> onAsked(GroupState state, GroupCommand.Asked asked) {
    if (asked instanceof GroupCommand.Create create) {
      return profiles.onCreate(state, create);
    }
    if (state.profile().isEmpty()) {
      return Effect().reply(asked.replyTo(), ProfileHandlers.NO_SUCH_GROUP);
    }
    if (asked instanceof GroupCommand.Join join) {
      return invites.onJoin(state, join);
    }
    boolean wasMember =
        asked instanceof GroupCommand.GetReceipts
            && state.roster().findFormer(asked.by()).isPresent();
    if (!wasMember && state.roster().find(asked.by()).isEmpty()) {
      return Effect().reply(asked.replyTo(), NOT_A_MEMBER);
    }
    return switch (asked) {
      case GroupCommand.Create create -> profiles.onCreate(state, create);
      case GroupCommand.Join join -> invites.onJoin(state, join);
      case GroupCommand.Describe describe -> profiles.onDescribe(state, describe);
      case GroupCommand.GetMembers get -> members.onGetMembers(state, get);
      case GroupCommand.Change change -> profiles.onChange(state, change);
      case GroupCommand.PutMember put -> members.onPutMember(state, put);
      case GroupCommand.RemoveMember remove -> members.onRemoveMember(state, remove);
      case GroupCommand.Delete delete -> profiles.onDelete(state, delete);
      case GroupCommand.Invite invite -> invites.onInvite(state, invite);
      case GroupCommand.GetInvites get -> invites.onGetInvites(state, get);
      case GroupCommand.Revoke revoke -> invites.onRevoke(state, revoke);
      case GroupCommand.GetReceipts get -> members.onGetReceipts(state, get);
      case GroupCommand.GetAudience get -> members.onGetAudience(state, get);
    };
  }

  private ReplyEffect<GroupEvent, GroupState> onInternal(GroupState state, Internal internal) {
    return switch (internal) {
      case BatchDone done -> work.onBatchDone(state, done);
      case BatchFailed failed -> work.onBatchFailed(state, failed);
      case Retry retry -> work.onRetry(state);
      case Settle settle -> work.onSettle(state);
      case StopNow late -> Effect().stop().thenNoReply();
      case NextCommand next -> throw new IllegalStateException("Only the intake is told so");
    };
  }
}
