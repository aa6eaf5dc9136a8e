package parley.user;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import akka.persistence.testkit.query.javadsl.PersistenceTestKitReadJournal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import parley.distribution.DirectDistributor;
import parley.group.Group;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.GroupSettings;
import parley.keys.MlsCommand;
import parley.message.Caller;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.GroupId;
import parley.message.GroupRules;
import parley.message.Message;
import parley.message.Positioned;
import parley.message.SessionId;
import parley.message.UserId;
import parley.ops.Metrics;
import parley.push.NoPushes;

/** Users and groups as they really are, on one journal in memory, without a cluster. */
final class GroupWorld {

  static final GroupSettings SETTINGS =
      new GroupSettings(
          10_000,
          1_000,
          10,
          20,
          1_000,
          16,
          100,
          150,
          5,
          4,
          Duration.ofMillis(20),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofSeconds(2),
          Duration.ofDays(30));
  static final UserSettings USER_SETTINGS =
      new UserSettings(
          50,
          1_000,
          64,
          100_000,
          1_000,
          100,
          Duration.ofSeconds(20),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1));

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final MemoryArchive archive = new MemoryArchive();
  private final ActorTestKit kit;
  private final Map<UserId, ActorRef<UserCommand>> users = new ConcurrentHashMap<>();
  private final Map<GroupId, ActorRef<GroupCommand>> groups = new ConcurrentHashMap<>();
  private final MailboxReader reader;

  GroupWorld(ActorTestKit kit) {
    this.kit = kit;
    this.reader =
        new MailboxReader(
            PersistenceQuery.get(kit.system())
                .getReadJournalFor(
                    PersistenceTestKitReadJournal.class,
                    PersistenceTestKitReadJournal.Identifier()),
            kit.system());
  }

  private DirectDistributor distributor() {
    return new DirectDistributor((recipient, deliveries, lost) -> deliver(recipient, deliveries));
  }

  private CompletionStage<Done> deliver(UserId recipient, List<Delivery> deliveries) {
    CompletionStage<UserReply.ToDeliver> answer =
        AskPattern.ask(
            user(recipient),
            replyTo -> new UserCommand.Deliver(deliveries, replyTo),
            Duration.ofSeconds(1),
            kit.system().scheduler());
    return answer.thenCompose(reply ->
        reply instanceof UserReply.Delivered
            ? CompletableFuture.completedStage(Done.getInstance())
            : CompletableFuture.failedStage(new IllegalStateException("Gap: " + reply)));
  }

  ActorRef<UserCommand> user(UserId id) {
    return users.computeIfAbsent(id, it -> kit.spawn(User.create(it, surroundings())));
  }

  ActorRef<GroupCommand> group(GroupId id) {
    return groups.computeIfAbsent(
        id,
        it ->
            kit.spawn(
                Group.create(
                    it,
                    new Group.Surroundings(
                        distributor(), archive, InstantSource.system(), SETTINGS))));
  }

  private User.Surroundings surroundings() {
    return new User.Surroundings(
        this::user,
        this::group,
        distributor(),
        archive,
        reader,
        InstantSource.system(),
        new Metrics(),
        new NoPushes(),
        new User.Encryption(
            id -> kit.<MlsCommand>createTestProbe().ref(), UserFixture.KEY_SETTINGS),
        USER_SETTINGS);
  }

  /** Ends the actor at once; the next who needs it wakes it up. */
  void crash(UserId id) {
    users.computeIfPresent(id, (same, actor) -> stopped(actor));
  }

  void crash(GroupId id) {
    groups.computeIfPresent(id, (same, actor) -> stopped(actor));
  }

  /** Nobody may wake it up before it has ended: there would be two of them. */
  private <C> ActorRef<C> stopped(ActorRef<C> actor) {
    kit.stop(actor);
    return null;
  }

  static Caller caller(UserId user) {
    return new Caller(user, new DeviceId("phone"), new SessionId("s1"));
  }

  UserId register(String name) {
    var id = new UserId(name);
    this.<UserReply.ToRegister>ask(id, replyTo -> new UserCommand.Register(name, "hash", replyTo));
    return id;
  }

  <R> R ask(UserId user, Function<ActorRef<R>, UserCommand> command) {
    TestProbe<R> probe = kit.createTestProbe();
    user(user).tell(command.apply(probe.ref()));
    return probe.receiveMessage(PATIENCE);
  }

  <R> R inGroup(GroupId group, UserId by, Function<ActorRef<R>, GroupCommand.Asked> asked) {
    return ask(by, replyTo -> new UserCommand.InGroup(caller(by), group, asked.apply(replyTo)));
  }

  GroupId create(UserId owner, List<UserId> members) {
    var id = GroupId.random(InstantSource.system().instant());
    this.<GroupReply.ToDescribe>inGroup(
        id,
        owner,
        replyTo ->
            new GroupCommand.Create(owner, "Friends", "", members, GroupRules.DEFAULT, replyTo));
    return id;
  }

  GroupReply.ToChangeMember put(GroupId group, UserId by, UserId member) {
    return inGroup(
        group, by, replyTo -> new GroupCommand.PutMember(by, member, Optional.empty(), replyTo));
  }

  GroupReply.ToChangeMember remove(GroupId group, UserId by, UserId member) {
    return inGroup(group, by, replyTo -> new GroupCommand.RemoveMember(by, member, replyTo));
  }

  UserCommand.Send draft(
      GroupId group, UserId by, String name, ActorRef<UserReply.ToSend> replyTo) {
    var draft =
        new Draft(
            new ClientId(name),
            new ConversationId.Group(group),
            new Content.Text(name),
            Optional.empty());
    return new UserCommand.Send(caller(by), List.of(draft), replyTo);
  }

  UserReply.ToSend send(GroupId group, UserId by, String name) {
    return ask(by, replyTo -> draft(group, by, name, replyTo));
  }

  /** Whoever sends and keeps the answers there. */
  ActorRef<UserReply.ToSend> sender(Queue<UserReply.ToSend> answers) {
    return kit.spawn(
        Behaviors.receiveMessage(answer -> {
          answers.add(answer);
          return Behaviors.same();
        }));
  }

  /** All of a user's mailbox. */
  List<Positioned> entries(UserId user) {
    return PersistenceTestKit.create(kit.system()).persistedInStorage("user|" + user).stream()
        .flatMap(event -> ((UserEvent) event).entries().stream())
        .toList();
  }

  /** What a user has of the group, in the order of their mailbox. */
  List<Message> heard(UserId user, GroupId group) {
    var conversation = new ConversationId.Group(group);
    return entries(user).stream()
        .map(Positioned::entry)
        .filter(Message.class::isInstance)
        .map(Message.class::cast)
        .filter(message -> message.conversation().equals(conversation))
        .toList();
  }

  /** Marks all up to the message as read, and has it stored on the phone. */
  void read(UserId user, Message message) {
    TestProbe<UserReply.ToSession> session = kit.createTestProbe();
    user(user)
        .tell(new UserCommand.Acknowledge(caller(user), Long.MAX_VALUE, Map.of(), session.ref()));
    this.<UserReply.ToMarkReadUpTo>ask(
        user,
        replyTo ->
            new UserCommand.MarkReadUpTo(
                caller(user), message.conversation(), message.id(), replyTo));
  }

  UserReply.ToGetMessage get(UserId user, Message message) {
    return ask(user, replyTo -> new UserCommand.GetMessage(caller(user), message.id(), replyTo));
  }

  /** Until it holds, for as long as a busy machine may need. */
  void eventually(Runnable assertion) {
    kit.createTestProbe()
        .awaitAssert(
            PATIENCE,
            Duration.ofMillis(20),
            () -> {
              assertion.run();
              return Done.getInstance();
            });
  }
}
