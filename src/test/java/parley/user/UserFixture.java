package parley.user;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import akka.persistence.testkit.query.javadsl.PersistenceTestKitReadJournal;
import akka.stream.javadsl.Source;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.group.GroupCommand;
import parley.keys.KeySettings;
import parley.keys.MlsCommand;
import parley.message.Archived;
import parley.message.Caller;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.SessionId;
import parley.message.UserId;
import parley.ops.Metrics;

/**
 * Ann's actor on a journal in memory, with a distributor and a clock that the test decides for.
 * Each test has its own kit: in a shared one the actor of the test before might still write to the
 * journal, under the same name.
 */
final class UserFixture {

  static final UserId ANN = new UserId("ann");
  static final UserId BOB = new UserId("bob");
  static final UserId NOBODY = new UserId("nobody");
  static final ConversationId.Direct TALK = ConversationId.between(ANN, BOB);
  static final Caller CALLER = new Caller(ANN, new DeviceId("phone"), new SessionId("s1"));
  static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");

  static final Config CONFIG =
      ConfigFactory.parseString("akka.actor.provider = local")
          .withFallback(EventSourcedBehaviorTestKit.config())
          .withFallback(ConfigFactory.load())
          .resolve();

  static final UserSettings SETTINGS =
      new UserSettings(
          10,
          40,
          8,
          10_000,
          5,
          100,
          Duration.ofMillis(200),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(300),
          Duration.ofMillis(500));

  static final KeySettings KEY_SETTINGS =
      new KeySettings(5, 64, 400, 6, 10_000, 64, 3, 2, Duration.ofMinutes(1));

  final ScriptedDistributor distributor = new ScriptedDistributor();
  final MemoryArchive archive = new MemoryArchive();
  final ScriptedPushes pushes = new ScriptedPushes();
  final EventSourcedBehaviorTestKit<UserCommand, UserEvent, UserState> ann;
  final TestProbe<UserReply.ToSend> sends;
  final TestProbe<UserReply.ToDeliver> arrivals;
  final TestProbe<GroupCommand> groups;
  final TestProbe<MlsCommand> conversations;
  private final ActorTestKit kit;
  private volatile Instant now = NOW;
  private volatile boolean journalHangs;

  UserFixture(ActorTestKit kit) {
    this.kit = kit;
    this.sends = kit.createTestProbe();
    this.arrivals = kit.createTestProbe();
    this.groups = kit.createTestProbe();
    this.conversations = kit.createTestProbe();
    this.ann =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            User.create(ANN, surroundings()),
            EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyState(false));
  }

  /** Ann's actor outside the kit, on the same journal: for what needs to stop or to restart. */
  ActorRef<UserCommand> spawn() {
    return kit.spawn(User.create(ANN, surroundings()));
  }

  private User.Surroundings surroundings() {
    var kept =
        PersistenceQuery.get(kit.system())
            .getReadJournalFor(
                PersistenceTestKitReadJournal.class, PersistenceTestKitReadJournal.Identifier());
    CurrentEventsByPersistenceIdQuery journal =
        (id, from, to) ->
            journalHangs ? Source.never() : kept.currentEventsByPersistenceId(id, from, to);
    InstantSource clock = () -> now;
    ActorRef<UserCommand> others = kit.spawn(Behaviors.receiveMessage(UserFixture::asOther));
    ActorRef<UserCommand> nobody = kit.spawn(Behaviors.receiveMessage(UserFixture::asNobody));
    return new User.Surroundings(
        id -> id.equals(NOBODY) ? nobody : others,
        id -> groups.ref(),
        distributor,
        archive,
        new MailboxReader(journal, kit.system()),
        clock,
        new Metrics(),
        pushes,
        new User.Encryption(id -> conversations.ref(), KEY_SETTINGS),
        SETTINGS);
  }

  private static akka.actor.typed.Behavior<UserCommand> asOther(UserCommand command) {
    if (command instanceof UserCommand.GetExistence get) {
      get.replyTo().tell(new UserReply.Existence(true));
    }
    return Behaviors.same();
  }

  private static akka.actor.typed.Behavior<UserCommand> asNobody(UserCommand command) {
    if (command instanceof UserCommand.GetExistence get) {
      get.replyTo().tell(new UserReply.Existence(false));
    }
    return Behaviors.same();
  }

  /** From now on who reads the journal back gets no answer. */
  void hangJournal() {
    journalHangs = true;
  }

  void setTime(Instant time) {
    now = time;
  }

  void register() {
    ann.<UserReply.ToRegister>runCommand(
        replyTo -> new UserCommand.Register("Ann", "hash", replyTo));
  }

  UserCommand.Send send(String clientId, String text) {
    return send(TALK, clientId, text);
  }

  UserCommand.Send send(ConversationId conversation, String clientId, String text) {
    var draft =
        new Draft(new ClientId(clientId), conversation, new Content.Text(text), Optional.empty());
    return new UserCommand.Send(CALLER, List.of(draft), sends.ref());
  }

  /** Sends and lets it arrive. */
  UserReply.Sent sent(String clientId, String text) throws InterruptedException {
    ann.runCommand(send(clientId, text));
    distributor.next().succeed();
    return sends.expectMessageClass(UserReply.Sent.class);
  }

  /** What Bob said {@code sequence} milliseconds after the start. */
  static Message fromBob(long sequence) {
    var id = MessageId.next(MessageId.first(TALK), NOW.plusMillis(sequence), TALK, BOB);
    return new Message(
        id,
        TALK,
        BOB,
        new ClientId("b" + sequence),
        new Content.Text("no. " + sequence),
        Optional.empty());
  }

  UserCommand.Deliver deliver(long... sequences) {
    return new UserCommand.Deliver(
        IntStream.range(0, sequences.length)
            .mapToObj(i -> new Delivery(ANN, sequences[i], fromBob(sequences[i])))
            .toList(),
        arrivals.ref());
  }

  void delivered(long... sequences) {
    ann.runCommand(deliver(sequences));
    arrivals.expectMessage(new UserReply.Delivered());
  }

  UserReply.Unread unread(long after, int limit) {
    return (UserReply.Unread)
        ann.<UserReply.ToGetUnread>runCommand(
                replyTo -> new UserCommand.GetUnread(CALLER, after, limit, replyTo))
            .reply();
  }

  UserReply.ToGetMessage get(MessageId id) {
    TestProbe<UserReply.ToGetMessage> probe = kit.createTestProbe();
    ann.runCommand(new UserCommand.GetMessage(CALLER, id, probe.ref()));
    return probe.receiveMessage();
  }

  UserReply.ToMarkRead markRead(MessageId id) {
    TestProbe<UserReply.ToMarkRead> probe = kit.createTestProbe();
    ann.runCommand(new UserCommand.MarkRead(CALLER, id, probe.ref()));
    return probe.receiveMessage();
  }

  /** The answer to a command, which may take a while. */
  <R> R ask(Function<ActorRef<R>, UserCommand> command) {
    TestProbe<R> probe = kit.createTestProbe();
    ann.runCommand(command.apply(probe.ref()));
    return probe.receiveMessage();
  }

  /** A session of a socket on one of Ann's devices. */
  TestProbe<UserReply.ToSession> session() {
    return kit.createTestProbe();
  }

  UserReply.Attached attach(TestProbe<UserReply.ToSession> session) {
    ann.runCommand(new UserCommand.Attach(CALLER, Optional.empty(), session.ref()));
    return session.expectMessageClass(UserReply.Attached.class);
  }

  void pull(TestProbe<UserReply.ToSession> session, long after, int limit) {
    ann.runCommand(new UserCommand.Pull(CALLER, after, limit, session.ref()));
  }

  /** The positions that a session gets, those from the journal first. */
  List<Long> pulled(TestProbe<UserReply.ToSession> session) {
    var excerpt = session.expectMessageClass(UserReply.Pulled.class).entries();
    return Stream.concat(
            excerpt.older().stream().flatMap(range -> range.positions().stream()),
            excerpt.recent().stream().map(Positioned::pos))
        .toList();
  }

  void acknowledge(Caller caller, long pos, Map<ConversationId, MessageId> delivered) {
    ann.runCommand(new UserCommand.Acknowledge(caller, pos, delivered, session().ref()));
  }

  /** What was journaled so far, read anew. */
  List<UserEvent> journal() {
    return persistence().persistedInStorage("user|ann").stream()
        .map(UserEvent.class::cast)
        .toList();
  }

  PersistenceTestKit persistence() {
    return PersistenceTestKit.create(kit.system());
  }

  UserReply.ToChangeContacts block(UserId other) {
    return ask(replyTo -> new UserCommand.Block(CALLER, other, replyTo));
  }

  UserReply.ToChangeContacts unblock(UserId other) {
    return ask(replyTo -> new UserCommand.Unblock(CALLER, other, replyTo));
  }

  /** What a refusal says. */
  static Failure failureOf(Object reply) {
    return switch (reply) {
      case UserReply.Refused refused -> refused.refusal().failure();
      case UserReply.NotSent notSent -> notSent.refusal().failure();
      default -> throw new AssertionError("Not refused: " + reply);
    };
  }

  Optional<Archived> archived(MessageId id) {
    return Optional.ofNullable(archive.find(List.of(id)).toCompletableFuture().join().get(id));
  }

  Optional<Account> account() {
    return ann.getState().account();
  }
}
