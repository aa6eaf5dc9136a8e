package parley.user;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import com.typesafe.config.ConfigFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.archive.Archive;
import parley.archive.CassandraNode;
import parley.group.GroupCommand;
import parley.keys.MlsCommand;
import parley.message.Caller;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.Delivery;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.UserId;
import parley.ops.Metrics;
import parley.push.NoPushes;
import parley.services.RunningCassandra;
import parley.services.Services;
import scala.jdk.javaapi.CollectionConverters;

/** A user's actor and the reader of its mailbox, on a journal in Cassandra. */
@ExtendWith(Services.class)
class UserRecoveryIT {

  /** Small, so that what is read crosses partitions and pages of Cassandra. */
  private static final Map<String, Integer> SMALL =
      Map.of(
          "akka.persistence.cassandra.journal.target-partition-size", 7,
          "parley.cassandra.mailbox-page-events", 3,
          "parley.cassandra.recovery-page-events", 2);

  private static final Duration WAIT = Duration.ofSeconds(10);

  private static final UserId EVE = new UserId("eve");

  private static CassandraNode node;
  private static ActorTestKit kit;
  private static MailboxReader reader;
  private static Archive archive;

  @BeforeAll
  static void start(RunningCassandra cassandra) throws Exception {
    node = new CassandraNode(cassandra, SMALL);
    var system = Adapter.toTyped(node.system());
    kit = ActorTestKit.create(system);
    reader = new MailboxReader(node.cluster().journal(), system);
    archive = node.cluster().archive().toCompletableFuture().get(10, SECONDS);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** The actor of a user whose messages reach everybody at once. */
  private static ActorRef<UserCommand> spawn(UserId user) {
    var surroundings =
        new User.Surroundings(
            id -> kit.spawn(Behaviors.receiveMessage(UserRecoveryIT::exists)),
            group -> kit.<GroupCommand>createTestProbe().ref(),
            batch -> CompletableFuture.completedStage(Done.getInstance()),
            archive,
            reader,
            Clock.systemUTC(),
            new Metrics(),
            new NoPushes(),
            new User.Encryption(
                id -> kit.<MlsCommand>createTestProbe().ref(), UserFixture.KEY_SETTINGS),
            UserFixture.SETTINGS);
    return kit.spawn(User.create(user, surroundings));
  }

  private static Behavior<UserCommand> exists(UserCommand command) {
    if (command instanceof UserCommand.GetExistence get) {
      get.replyTo().tell(new UserReply.Existence(true));
    }
    return Behaviors.same();
  }

  private static ActorRef<UserCommand> again(ActorRef<UserCommand> actor, UserId user) {
    kit.stop(actor, WAIT);
    return spawn(user);
  }

  private static void register(ActorRef<UserCommand> actor) {
    TestProbe<UserReply.ToRegister> probe = kit.createTestProbe();
    actor.tell(new UserCommand.Register("Ann", "hash", probe.ref()));
    probe.receiveMessage(WAIT);
  }

  private static void deliver(ActorRef<UserCommand> actor, UserId to, long sequence) {
    TestProbe<UserReply.ToDeliver> probe = kit.createTestProbe();
    var delivery = new Delivery(to, sequence, UserFixture.fromBob(sequence));
    actor.tell(new UserCommand.Deliver(List.of(delivery), probe.ref()));
    assertThat(probe.receiveMessage(WAIT)).isEqualTo(new UserReply.Delivered());
  }

  /** The whole mailbox, read as a session does, a little at a time. */
  private static List<Positioned> mailbox(ActorRef<UserCommand> actor, long latest)
      throws Exception {
    var all = new ArrayList<Positioned>();
    TestProbe<UserReply.ToSession> probe = kit.createTestProbe();
    long sequence = 0;
    while (all.size() < latest) {
      actor.tell(new UserCommand.Pull(CALLER, all.size(), 10, probe.ref()));
      var excerpt = probe.expectMessageClass(UserReply.Pulled.class).entries();
      var piece =
          reader.piece(excerpt.goingOnAt(sequence), 40).toCompletableFuture().get(10, SECONDS);
      all.addAll(piece.entries());
      sequence = piece.next(all.size(), sequence);
    }
    return all;
  }

  private static List<Positioned> expected(long count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(n -> new Positioned(n, UserFixture.fromBob(n)))
        .toList();
  }

  @Test
  void a_user_recovers_from_events_and_from_a_snapshot_and_reads_all_of_the_mailbox()
      throws Exception {
    long snapshots = node.count("snapshots");
    var ann = spawn(ANN);
    register(ann);
    LongStream.rangeClosed(1, 5).forEach(n -> deliver(ann, ANN, n));

    var fromEvents = again(ann, ANN);
    assertThat(node.count("snapshots")).isEqualTo(snapshots);
    assertThat(mailbox(fromEvents, 5)).isEqualTo(expected(5));

    LongStream.rangeClosed(6, 60).forEach(n -> deliver(fromEvents, ANN, n));
    var fromSnapshot = again(fromEvents, ANN);
    assertThat(node.count("snapshots")).isGreaterThan(snapshots);
    assertThat(mailbox(fromSnapshot, 60)).isEqualTo(expected(60));

    deliver(fromSnapshot, ANN, 61);
    assertThat(mailbox(fromSnapshot, 61)).isEqualTo(expected(61));
  }

  @Test
  void what_was_sent_is_in_the_archive_and_a_repeat_after_a_recovery_gets_the_first_answer()
      throws Exception {
    var bob = spawn(BOB);
    register(bob);
    var caller = new Caller(BOB, CALLER.device(), CALLER.session());
    var draft =
        new Draft(new ClientId("c1"), UserFixture.TALK, new Content.Text("hi"), Optional.empty());
    TestProbe<UserReply.ToSend> probe = kit.createTestProbe();
    bob.tell(new UserCommand.Send(caller, List.of(draft), probe.ref()));
    var sent = probe.expectMessageClass(UserReply.Sent.class, WAIT);

    var recovered = again(bob, BOB);
    recovered.tell(new UserCommand.Send(caller, List.of(draft), probe.ref()));

    var repeated = probe.expectMessageClass(UserReply.Sent.class, WAIT);
    assertThat(repeated).isEqualTo(sent);
    var page =
        archive
            .page(UserFixture.TALK, MessageId.last(UserFixture.TALK), 10)
            .toCompletableFuture()
            .get(10, SECONDS);
    assertThat(page)
        .extracting(archived -> archived.message().content())
        .containsExactly(draft.content());
  }

  @Test
  void what_a_writer_gave_up_and_the_journal_took_leaves_no_gap() throws Exception {
    var first = spawn(EVE);
    register(first);
    LongStream.rangeClosed(1, 3).forEach(n -> deliver(first, EVE, n));
    var second = again(first, EVE);
    deliver(second, EVE, 4);
    // Two events of the first writer come late: one more than the second one has written.
    plant(EVE, 1, new UserEvent.Received(5, List.of(late(5)), UserFixture.NOW), 6);
    plant(EVE, 1, new UserEvent.Received(6, List.of(late(6)), UserFixture.NOW), 7);

    var third = again(second, EVE);
    LongStream.rangeClosed(5, 300).forEach(n -> deliver(third, EVE, n));
    assertThat(mailbox(third, 300)).isEqualTo(expected(300));
    assertThat(mailbox(again(third, EVE), 300)).isEqualTo(expected(300));
  }

  private static Delivery late(long sequence) {
    return new Delivery(EVE, sequence, UserFixture.fromBob(sequence));
  }

  /** Writes an event as the writer of another one did. */
  private static void plant(UserId user, long like, UserEvent event, long sequence) {
    var journal = Persistence.get(node.system()).journalFor("", ConfigFactory.empty());
    var id = MailboxReader.persistenceId(user).id();
    TestProbe<Object> probe = kit.createTestProbe();
    var answers = Adapter.toClassic(probe.ref());
    journal.tell(new JournalProtocol.ReplayMessages(like, like, 1, id, answers), answers);
    var model = probe.expectMessageClass(JournalProtocol.ReplayedMessage.class, WAIT).persistent();
    probe.expectMessageClass(JournalProtocol.RecoverySuccess.class, WAIT);

    var planted = model.withPayload(event).update(sequence, id, false, answers, model.writerUuid());
    var write = new AtomicWrite(CollectionConverters.asScala(List.of(planted)).toList());
    var writes = CollectionConverters.asScala(List.<PersistentEnvelope>of(write)).toList();
    journal.tell(new JournalProtocol.WriteMessages(writes, answers, 1), answers);
    probe.receiveMessage(WAIT);
    probe.expectMessageClass(JournalProtocol.WriteMessageSuccess.class, WAIT);
  }
}
