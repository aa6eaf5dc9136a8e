package parley.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.archive.Archive;
import parley.distribution.Distributor;
import parley.group.Groups;
import parley.intake.Intake;
import parley.intake.Unpublished;
import parley.keys.KeySettings;
import parley.keys.MlsGroups;
import parley.message.Archived;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.Positioned;
import parley.message.Refusal;
import parley.message.UserId;
import parley.ops.Metrics;
import parley.push.PushSubscription;
import parley.push.Pushes;
import parley.user.UserReply.Refused;

/**
 * The actor of one user: the one place where anything about them is decided. It takes what they
 * send, gives it an id and a place in the order, and hands it over; it takes what others sent, once
 * and in order; it knows what they have read.
 *
 * <p>Everything is journaled before it is answered, and a command that is repeated has no further
 * effect. When the journal fails, the actor starts anew from what the journal has.
 */
public final class User
    extends EventSourcedBehaviorWithEnforcedReplies<UserCommand, UserEvent, UserState> {

  private static final Duration RESTART_PAUSE_MIN = Duration.ofMillis(200);
  private static final Duration RESTART_PAUSE_MAX = Duration.ofSeconds(10);
  private static final int SNAPSHOTS_KEPT = 2;
  private static final UserReply.Refused SESSION_ENDED =
      new UserReply.Refused(
          new Refusal(Failure.UNAUTHENTICATED, "This session has ended; sign in again"));

  private final UserId owner;
  private final Intake<UserCommand> intake;
  private final UserSettings settings;
  private final Room room;
  private final AccountHandlers accounts;
  private final SendHandlers sends;
  private final ReceiveHandlers receives;
  private final SearchHandlers searches;
  private final ReadHandlers reads;
  private final StreamHandlers streams;
  private final AmendHandlers amends;
  private final ContactHandlers contacts;
  private final GroupHandlers groups;
  private final GroupPosts posts;
  private final PushHandlers pushes;
  private final KeyHandlers keys;

  /** What every user's actor works with. */
  public record Surroundings(
      Users users,
      Groups groups,
      Distributor distributor,
      Archive archive,
      MailboxReader reader,
      InstantSource clock,
      Metrics metrics,
      Pushes pushes,
      Encryption encryption,
      UserSettings settings) {}

  /** What end-to-end encryption needs beside that. */
  public record Encryption(MlsGroups conversations, KeySettings settings) {}

  /** What the actor tells itself. */
  sealed interface Internal extends UserCommand {}

  /** It is known who of the recipients exists, and which commits are the first of their epochs. */
  record RecipientsChecked(Recipients.Findings findings) implements Internal {}

  /** The batch in flight has arrived. */
  record HandedOver(long upTo) implements Internal {}

  /** The batch in flight has failed. */
  record NotHandedOver(Throwable cause) implements Internal {}

  /** The journal was searched for what a command names, and {@code then} goes on with it. */
  record Found(Optional<Positioned> entry, Continuation then, ActorRef<? super Refused> replyTo)
      implements Internal {}

  /** What was lost on its way was looked for in the archive. */
  record LostSought(UserCommand.Deliver deliver, List<Archived> latest) implements Internal {}

  /** What was lost on its way could not be looked for. */
  record LostNotSought(UserCommand.Deliver deliver, Throwable cause) implements Internal {}

  /** What is to be amended was looked for in the archive. */
  record ToAmend(UserCommand.Amend amend, Optional<Archived> archived) implements Internal {}

  /** What is to be amended could not be looked for. */
  record NotAmended(UserCommand.Amend amend, Throwable cause) implements Internal {}

  /** A group has answered a post: all up to the sequence are settled. */
  record PostAnswered(GroupId group, long upTo, Map<Long, Refusal> refused) implements Internal {}

  /** A group has not answered a post, or can take none for now. */
  record PostUnanswered(GroupId group) implements Internal {}

  /** It is time to post again. */
  record RetryPost(GroupId group) implements Internal {}

  /** A group was asked whether it has handed over all there is. */
  record GroupAsked(GroupId group, boolean isThrough) implements Internal {}

  /** It is time to ask groups whether they are through. */
  enum AskGroups implements Internal {
    INSTANCE
  }

  /** A group knows how far this user has got, or has not answered. */
  record MarkAnswered(GroupId group, boolean known) implements Internal {}

  /** Some may have waited for too long. */
  enum RefuseLate implements Internal {
    INSTANCE
  }

  /** A socket's session has ended. */
  record SessionGone(ActorRef<UserReply.ToSession> session) implements Internal {}

  /** A device's subscription has ended at its push service. */
  record SubscriptionGone(DeviceId device, PushSubscription subscription) implements Internal {}

  /** The journal could not be searched. */
  record NotSearched(Throwable cause, ActorRef<? super Refused> replyTo) implements Internal {}

  /** How a command goes on once the entry that it names was found. */
  @FunctionalInterface
  interface Continuation {
    ReplyEffect<UserEvent, UserState> apply(UserState state, Positioned entry);
  }

  /** Some may have waited for too long for their hand-over. */
  enum RefuseUnsent implements Internal {
    INSTANCE
  }

  /** It is time to try again. */
  enum RetryHandOver implements Internal {
    INSTANCE
  }

  /** Receipts have been collected for long enough. */
  enum SendReceipts implements Internal {
    INSTANCE
  }

  /** Devices without a socket are to be told what has arrived. */
  enum Notify implements Internal {
    INSTANCE
  }

  /** A command had its turn, and one that waits may come in: for {@link Intake} alone. */
  enum NextCommand implements Internal {
    INSTANCE
  }

  /** The outbox did not empty in time. */
  enum StopNow implements Internal {
    INSTANCE
  }

  /** The actor of the user. */
  public static Behavior<UserCommand> create(UserId owner, Surroundings surroundings) {
    return Behaviors.setup(context -> {
      var intake = new Intake<>(UserDoor.DOOR, context.getSelf());
      return Behaviors.intercept(
          () -> intake,
          Behaviors.withTimers(
              timers -> Unpublished.of(new User(owner, surroundings, context, timers, intake))));
    });
  }

  private User(
      UserId owner,
      Surroundings surroundings,
      ActorContext<UserCommand> context,
      TimerScheduler<UserCommand> timers,
      Intake<UserCommand> intake) {
    super(
        MailboxReader.persistenceId(owner),
        SupervisorStrategy.restartWithBackoff(RESTART_PAUSE_MIN, RESTART_PAUSE_MAX, 0.2));
    this.owner = owner;
    this.intake = intake;
    this.settings = surroundings.settings();
    surroundings.metrics().userStarted();
    this.room = new Room(owner, context, timers, surroundings, new Listeners(), Effect());
    var handOver = new HandOver(room);
    this.accounts = new AccountHandlers(room);
    this.streams = new StreamHandlers(room);
    this.posts = new GroupPosts(room);
    this.sends = new SendHandlers(room, handOver, posts, streams);
    this.amends = new AmendHandlers(room, handOver, posts);
    this.contacts = new ContactHandlers(room);
    this.groups = new GroupHandlers(room);
    this.pushes = new PushHandlers(room, streams);
    this.keys = new KeyHandlers(room);
    this.receives = new ReceiveHandlers(room, posts);
    this.searches = new SearchHandlers(room);
    this.reads = new ReadHandlers(room, searches);
  }

  @Override
  public UserState emptyState() {
    return UserState.empty(owner, settings);
  }

  @Override
  public CommandHandlerWithReply<UserCommand, UserEvent, UserState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<UserState, UserEvent> eventHandler() {
    return (state, event) -> state.begun().on(event);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), SNAPSHOTS_KEPT);
  }

  /** Each time that the mailbox has grown by so many. */
  @Override
  public boolean shouldSnapshot(UserState state, UserEvent event, long sequence) {
    var entries = event.entries();
    int every = settings.snapshotEveryEntries();
    return !entries.isEmpty()
        && entries.getLast().pos() / every > (entries.getFirst().pos() - 1) / every;
  }

  @Override
  public SnapshotAdapter<UserState> snapshotAdapter() {
    return new SnapshotAdapter<>() {
      @Override
      public Object toJournal(UserState state) {
        return state.toSnapshot();
      }

      @Override
      public UserState fromJournal(Object stored) {
        return new UserState(owner, settings, (UserSnapshot) stored);
      }
    };
  }

  @Override
  public SignalHandler<UserState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(PostStop.instance(), state -> room.surroundings().metrics().userStopped())
        .build();
  }

  private void onRecovered(UserState state) {
    amends.onRecovered();
    searches.restart();
    sends.onRecovered(state);
    streams.onRecovered(state);
    pushes.onRecovered(state);
  }

  private ReplyEffect<UserEvent, UserState> onCommand(UserState state, UserCommand command) {
    if (!(command instanceof Internal)) {
      intake.onTurn();
    }
    if (command instanceof UserCommand.Owned owned && !state.admits(owned.caller())) {
      return Effect().reply(owned.replyTo(), SESSION_ENDED);
    }
    return switch (command) {
      case UserCommand.Register register -> accounts.onRegister(state, register);
      case UserCommand.GetCredentials get -> accounts.onGetCredentials(state, get);
      case UserCommand.GetExistence get -> accounts.onGetExistence(state, get);
      case UserCommand.GetProfile get -> accounts.onGetProfile(state, get);
      case UserCommand.ChangeProfile change -> accounts.onChangeProfile(state, change);
      case UserCommand.SignIn signIn -> accounts.onSignIn(state, signIn);
      case UserCommand.Refresh refresh -> accounts.onRefresh(state, refresh);
      case UserCommand.SignOut signOut -> accounts.onSignOut(state, signOut);
      case UserCommand.GetDevices get -> accounts.onGetDevices(state, get);
      case UserCommand.RemoveDevice remove -> accounts.onRemoveDevice(state, remove);
      case UserCommand.IssueTicket issue -> accounts.onIssueTicket(state, issue);
      case UserCommand.RedeemTicket redeem -> accounts.onRedeemTicket(state, redeem);
      case UserCommand.Send send -> sends.onSend(state, send);
      case UserCommand.Amend amend -> amends.onAmend(state, amend);
      case UserCommand.InGroup ask -> groups.onInGroup(state, ask);
      case UserCommand.Arrange arrange -> groups.onArrange(state, arrange);
      case UserCommand.Deliver deliver -> receives.onDeliver(state, deliver);
      case UserCommand.GetMessage get -> reads.onGetMessage(state, get);
      case UserCommand.GetUnread get -> reads.onGetUnread(state, get);
      case UserCommand.MarkRead mark -> reads.onMarkRead(state, mark);
      case UserCommand.MarkReadUpTo mark -> reads.onMarkReadUpTo(state, mark);
      case UserCommand.GetConversations get -> reads.onGetConversations(state, get);
      case UserCommand.GetVisibility get -> reads.onGetVisibility(state, get);
      case UserCommand.Attach attach -> streams.onAttach(state, attach);
      case UserCommand.Meet meet -> streams.onMeet(state, meet);
      case UserCommand.Pull pull -> streams.onPull(state, pull);
      case UserCommand.Acknowledge acknowledge -> streams.onAcknowledge(state, acknowledge);
      case UserCommand.GetContacts get -> contacts.onGetContacts(state, get);
      case UserCommand.PutContact put -> contacts.onPutContact(state, put);
      case UserCommand.RemoveContact remove -> contacts.onRemoveContact(state, remove);
      case UserCommand.Block block -> contacts.onBlock(state, block);
      case UserCommand.Unblock unblock -> contacts.onUnblock(state, unblock);
      case UserCommand.PutPush put -> pushes.onPut(state, put);
      case UserCommand.RemovePush remove -> pushes.onRemove(state, remove);
      case UserCommand.PutKeys put -> keys.onPutKeys(state, put);
      case UserCommand.GetKeys get -> keys.onGetKeys(state, get);
      case UserCommand.TakeKeyPackages take -> keys.onTakeKeyPackages(state, take);
      case UserCommand.GetUserKeys get -> keys.onGetUserKeys(state, get);
      case UserCommand.GetKeyLog get -> keys.onGetKeyLog(state, get);
      case UserCommand.ProveKeyLog prove -> keys.onProveKeyLog(state, prove);
      case UserCommand.Stop stop -> sends.onStop(state);
      case Internal internal -> onInternal(state, internal);
    };
  }

  /**
   * What the actor tells itself. Constants by their types: Java looks up the class of a constant
   * that is a label by its name, each time until it first comes.
   */
  private ReplyEffect<UserEvent, UserState> onInternal(UserState state, Internal internal) {
    return switch (internal) {
      case RecipientsChecked checked -> sends.onRecipientsChecked(state, checked);
      case HandedOver done -> sends.onHandedOver(state, done);
      case NotHandedOver failed -> sends.onNotHandedOver(failed);
      case RefuseUnsent late -> sends.onRefuseUnsent();
      case RetryHandOver retry -> sends.onRetryHandOver(state);
      case SendReceipts due -> sends.onSendReceipts(state);
      case Found found -> searches.onFound(state, found);
      case LostSought sought -> receives.onLostSought(state, sought);
      case LostNotSought failed -> receives.onLostNotSought(failed);
      case ToAmend found -> amends.onFound(state, found);
      case NotAmended failed -> amends.onNotFound(state, failed);
      case NotSearched failed -> searches.onNotSearched(failed);
      case PostAnswered answered -> posts.onAnswered(state, answered);
      case PostUnanswered failed -> posts.onUnanswered(failed);
      case RetryPost retry -> posts.onRetry(state, retry);
      case RefuseLate late -> posts.onRefuseLate(state);
      case AskGroups due -> posts.onAskGroups();
      case GroupAsked asked -> posts.onGroupAsked(asked);
      case MarkAnswered answered -> streams.onMarkAnswered(answered);
      case SessionGone gone -> streams.onSessionGone(state, gone);
      case Notify due -> pushes.onNotify(state);
      case SubscriptionGone gone -> pushes.onGone(state, gone);
      case NextCommand next -> throw new IllegalStateException("Only the intake is told so");
      case StopNow late -> sends.onStopNow();
    };
  }
}
