package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.failureOf;
import static parley.user.UserFixture.fromBob;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.SessionId;

class UserStreamTest {

  private final ActorTestKit kit = ActorTestKit.create(UserFixture.CONFIG);
  private UserFixture given;

  @BeforeEach
  void registerAnn() {
    given = new UserFixture(kit);
    given.register();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private void deliver(int first, int last) {
    given.delivered(LongStream.rangeClosed(first, last).toArray());
  }

  // Attaching.

  @Test
  void a_device_starts_after_what_it_acknowledged_last() {
    deliver(1, 5);
    given.acknowledge(CALLER, 3, Map.of());

    var attached = given.attach(given.session());

    assertThat(attached.latest()).isEqualTo(5);
    assertThat(attached.from()).isEqualTo(3);
    assertThat(attached.complete()).isTrue();
    assertThat(attached.correspondents()).containsExactly(BOB);
    assertThat(attached.showsPresence()).isTrue();
  }

  @Test
  void a_position_beyond_the_mailbox_is_a_reset() {
    deliver(1, 2);
    var session = given.session();

    given.ann.runCommand(new UserCommand.Attach(CALLER, Optional.of(9L), session.ref()));

    var attached = session.expectMessageClass(UserReply.Attached.class);
    assertThat(attached.complete()).isFalse();
    assertThat(attached.from()).isEqualTo(2);
  }

  @Test
  void a_position_before_the_mailbox_is_its_beginning() {
    deliver(1, 2);
    var session = given.session();

    given.ann.runCommand(new UserCommand.Attach(CALLER, Optional.of(-9L), session.ref()));
    assertThat(session.expectMessageClass(UserReply.Attached.class).from()).isZero();

    given.pull(session, -9, 10);
    assertThat(given.pulled(session)).containsExactly(1L, 2L);
  }

  @Test
  void who_was_only_ignored_is_no_correspondent_and_no_conversation() {
    given.block(BOB);
    deliver(1, 1);
    given.unblock(BOB);

    assertThat(given.attach(given.session()).correspondents()).isEmpty();
    UserReply.ToGetConversations list =
        given.ask(
            replyTo -> new UserCommand.GetConversations(CALLER, Optional.empty(), 10, replyTo));
    assertThat(list).isEqualTo(new UserReply.ConversationList(List.of(), false));
  }

  @Test
  void presence_is_shared_with_nobody_who_is_blocked_and_with_them_again_when_they_are_not() {
    deliver(1, 1);
    var session = given.session();
    assertThat(given.attach(session).correspondents()).containsExactly(BOB);

    given.block(BOB);
    assertThat(session.receiveMessage()).isEqualTo(new UserReply.Sharing(List.of(), true));
    given.ann.runCommand(new UserCommand.Meet(CALLER, BOB, session.ref()));
    session.expectNoMessage();

    given.unblock(BOB);
    assertThat(session.receiveMessage()).isEqualTo(new UserReply.Sharing(List.of(BOB), true));
    given.ann.runCommand(new UserCommand.Meet(CALLER, BOB, session.ref()));
    assertThat(session.receiveMessage()).isEqualTo(new UserReply.Met(BOB));
  }

  @Test
  void sockets_hear_when_presence_is_shown_no_more() {
    var session = given.session();
    given.attach(session);

    given.<UserReply.ToGetProfile>ask(replyTo ->
        new UserCommand.ChangeProfile(
            CALLER,
            Optional.empty(),
            Optional.empty(),
            Optional.of(false),
            Optional.empty(),
            replyTo));

    assertThat(session.receiveMessage()).isEqualTo(new UserReply.Sharing(List.of(), false));
  }

  @Test
  void one_session_too_many_is_refused_until_another_has_gone() {
    var first = given.session();
    given.attach(first);
    for (int i = 1; i < Listeners.MOST; i++) {
      given.attach(given.session());
    }
    var another = given.session();

    given.ann.runCommand(new UserCommand.Attach(CALLER, Optional.empty(), another.ref()));
    assertThat(failureOf(another.receiveMessage())).isEqualTo(Failure.TOO_MANY_REQUESTS);
    given.pull(another, 0, 10);
    assertThat(failureOf(another.receiveMessage())).isEqualTo(Failure.TOO_MANY_REQUESTS);
    given.attach(first);

    first.stop();
    another.awaitAssert(() -> given.attach(another));
  }

  @Test
  void the_end_of_a_session_is_noticed_through_its_message_adapter() {
    TestProbe<ActorRef<UserReply.ToSession>> adapters = kit.createTestProbe();
    var session =
        kit.spawn(
            Behaviors.<Object>setup(context -> {
              adapters.ref().tell(context.messageAdapter(UserReply.ToSession.class, it -> it));
              return Behaviors.receiveMessage(message -> Behaviors.same());
            }));
    given.ann.runCommand(new UserCommand.Pull(CALLER, 0, 10, adapters.receiveMessage()));
    for (int i = 1; i < Listeners.MOST; i++) {
      given.attach(given.session());
    }
    var another = given.session();
    given.ann.runCommand(new UserCommand.Attach(CALLER, Optional.empty(), another.ref()));
    assertThat(failureOf(another.receiveMessage())).isEqualTo(Failure.TOO_MANY_REQUESTS);

    kit.stop(session);

    another.awaitAssert(() -> given.attach(another));
  }

  // Pulling.

  @Test
  void what_is_there_is_given_at_once_up_to_the_limit() {
    deliver(1, 5);
    var session = given.session();
    given.attach(session);

    given.pull(session, 1, 3);

    assertThat(given.pulled(session)).containsExactly(2L, 3L, 4L);
    session.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void what_memory_has_forgotten_is_named_by_its_place_in_the_journal() {
    deliver(1, 20);
    var session = given.session();

    given.pull(session, 10, 100);

    var excerpt = session.expectMessageClass(UserReply.Pulled.class).entries();
    assertThat(excerpt.older()).hasSize(1);
    assertThat(excerpt.older().getFirst().positions()).containsExactly(11L, 12L);
    assertThat(excerpt.recent()).hasSize(8);
  }

  @Test
  void a_limit_out_of_bounds_is_brought_within() {
    for (int i = 0; i < 6; i++) {
      deliver(100 * i + 1, 100 * i + 100);
    }
    var session = given.session();

    given.pull(session, 0, Integer.MAX_VALUE);
    assertThat(given.pulled(session)).hasSize(Excerpt.ENTRIES_MAX);

    given.pull(session, 0, -1);
    assertThat(given.pulled(session)).containsExactly(1L);
  }

  @Test
  void a_question_waits_for_what_comes_next() {
    deliver(1, 2);
    var session = given.session();
    given.pull(session, 2, 10);
    session.expectNoMessage(Duration.ofMillis(50));

    deliver(3, 4);

    assertThat(given.pulled(session)).containsExactly(3L, 4L);
    deliver(5, 5);
    session.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void a_question_beyond_the_end_waits_until_the_mailbox_is_there() {
    var session = given.session();
    given.pull(session, 2, 10);

    deliver(1, 2);
    session.expectNoMessage(Duration.ofMillis(50));
    deliver(3, 3);

    assertThat(given.pulled(session)).containsExactly(3L);
  }

  @Test
  void a_new_question_takes_the_place_of_the_one_before() {
    deliver(1, 2);
    var session = given.session();
    given.pull(session, 2, 10);
    given.pull(session, 1, 10);
    assertThat(given.pulled(session)).containsExactly(2L);
    given.pull(session, 2, 10);
    given.pull(session, 2, 1);

    deliver(3, 4);

    assertThat(given.pulled(session)).containsExactly(3L);
    session.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void everything_that_adds_to_the_mailbox_answers_the_question() throws Exception {
    var session = given.session();
    given.pull(session, 0, 10);

    var sent = given.sent("c1", "hi");
    assertThat(given.pulled(session)).containsExactly(1L);

    given.pull(session, 1, 10);
    deliver(1, 1);
    assertThat(given.pulled(session)).containsExactly(2L);

    given.pull(session, 2, 10);
    given.markRead(fromBob(1).id());
    assertThat(given.pulled(session)).containsExactly(3L);

    given.distributor.next().succeed();
    given.pull(session, 3, 10);
    var react = new UserCommand.React("+1", true);
    given.ann.runCommand(
        new UserCommand.Amend(
            CALLER, sent.id(), react, kit.<UserReply.ToAmend>createTestProbe().ref()));
    assertThat(given.pulled(session)).containsExactly(4L);

    deliver(2, 2);
    given.pull(session, 5, 10);
    UserReply.ToMarkReadUpTo marked =
        given.ask(replyTo -> new UserCommand.MarkReadUpTo(CALLER, TALK, fromBob(2).id(), replyTo));
    assertThat(marked).isEqualTo(new UserReply.MarkedReadUpTo(0));
    assertThat(given.pulled(session)).containsExactly(6L);
  }

  @Test
  void a_failed_write_leaves_readers_waiting() {
    var reference = given.spawn();
    var session = given.session();
    reference.tell(new UserCommand.Attach(CALLER, Optional.empty(), session.ref()));
    session.expectMessageClass(UserReply.Attached.class);
    reference.tell(new UserCommand.Pull(CALLER, 0, 10, session.ref()));
    given.persistence().failNextPersisted("user|ann");

    reference.tell(given.deliver(1));
    reference.tell(given.deliver(1));

    given.arrivals.expectMessage(new UserReply.Delivered());
    assertThat(given.pulled(session)).containsExactly(1L);
    kit.stop(reference);
  }

  // Acknowledging.

  @Test
  void a_burst_of_acknowledgements_costs_fewer_events() {
    deliver(1, 5);
    var tablet = new Caller(ANN, new DeviceId("tablet"), new SessionId("s2"));
    for (int pos = 1; pos <= 5; pos++) {
      given.acknowledge(CALLER, pos, Map.of());
    }
    given.acknowledge(tablet, 2, Map.of());

    given
        .session()
        .awaitAssert(
            () -> assertThat(noted()).isEqualTo(Map.of(CALLER.device(), 5L, tablet.device(), 2L)));
    assertThat(receipts()).hasSizeLessThan(6);
  }

  /** What all events together say of how far each device is. */
  private Map<DeviceId, Long> noted() {
    var noted = new HashMap<DeviceId, Long>();
    receipts().forEach(it -> noted.putAll(it.acknowledged()));
    return noted;
  }

  private List<UserEvent.Receipted> receipts() {
    var found = new ArrayList<UserEvent.Receipted>();
    for (var event : given.journal()) {
      if (event instanceof UserEvent.Receipted receipted) {
        found.add(receipted);
      }
    }
    return found;
  }

  @Test
  void a_cursor_survives_a_restart_and_is_never_ahead_of_the_mailbox() throws Exception {
    deliver(1, 3);
    given.acknowledge(CALLER, 1_000, Map.of());
    given.distributor.next().succeed();
    given.acknowledge(CALLER, 2, Map.of());

    given.ann.restart();

    assertThat(given.attach(given.session()).from()).isEqualTo(3);
  }

  @Test
  void an_acknowledgement_whose_write_failed_is_noted_later() {
    deliver(1, 3);
    var reference = given.spawn();
    given.persistence().failNextPersisted("user|ann");

    reference.tell(new UserCommand.Acknowledge(CALLER, 2, Map.of(), given.session().ref()));

    given.session().awaitAssert(() -> assertThat(receipts()).hasSize(1));
    assertThat(receipts().getFirst().acknowledged()).isEqualTo(Map.of(CALLER.device(), 2L));
    kit.stop(reference);
  }

  @Test
  void a_stop_notes_what_was_acknowledged_and_is_not_held_up() {
    given.distributor.succeedAlways();
    deliver(1, 3);
    var reference = given.spawn();
    reference.tell(new UserCommand.Acknowledge(CALLER, 2, Map.of(), given.session().ref()));

    reference.tell(UserCommand.Stop.INSTANCE);

    kit.createTestProbe()
        .expectTerminated(reference, UserFixture.SETTINGS.stopWithin().minusMillis(50));
    assertThat(receipts()).hasSize(1);
  }

  @Test
  void a_stop_whose_note_is_not_written_is_not_forgotten() {
    given.distributor.succeedAlways();
    deliver(1, 3);
    var reference = given.spawn();
    reference.tell(new UserCommand.Acknowledge(CALLER, 2, Map.of(), given.session().ref()));
    given.persistence().failNextPersisted("user|ann");

    reference.tell(UserCommand.Stop.INSTANCE);

    kit.createTestProbe().expectTerminated(reference, Duration.ofSeconds(3));
    assertThat(receipts()).hasSize(1);
  }
}
