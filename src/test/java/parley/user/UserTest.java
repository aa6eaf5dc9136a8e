package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.NOBODY;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.SETTINGS;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.failureOf;
import static parley.user.UserFixture.fromBob;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.persistence.testkit.javadsl.PersistenceTestKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Receipt;

class UserTest {

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

  // Sending.

  @Test
  void a_send_is_answered_once_it_is_handed_over_and_archived() throws Exception {
    given.ann.runCommand(given.send("c1", "hi"));
    var attempt = given.distributor.next();
    given.sends.expectNoMessage(Duration.ofMillis(50));

    attempt.succeed();

    var sent = given.sends.expectMessageClass(UserReply.Sent.class);
    assertThat(sent.conversation()).isEqualTo(TALK);
    assertThat(sent.pos()).isEqualTo(1);
    assertThat(sent.id().saidAt()).isEqualTo(NOW);
    assertThat(attempt.batch())
        .singleElement()
        .satisfies(delivery -> {
          assertThat(delivery.recipient()).isEqualTo(BOB);
          assertThat(delivery.sequence()).isEqualTo(1);
        });
    assertThat(given.archived(sent.id())).isPresent();
  }

  @Test
  void what_is_sent_while_a_batch_is_in_flight_makes_the_next_batch() throws Exception {
    given.ann.runCommand(given.send("c1", "one"));
    var first = given.distributor.next();
    given.ann.runCommand(given.send("c2", "two"));
    given.ann.runCommand(given.send("c3", "three"));
    assertThat(given.distributor.isQuiet()).isTrue();

    first.succeed();

    assertThat(given.distributor.next().batch())
        .extracting(Delivery::sequence)
        .containsExactly(2L, 3L);
  }

  @Test
  void drafts_of_one_command_are_journaled_together() throws Exception {
    var drafts =
        LongStream.range(0, 3)
            .mapToObj(i ->
                new Draft(
                    new ClientId("c" + i), TALK, new Content.Text("no. " + i), Optional.empty()))
            .toList();
    given.ann.runCommand(given.send("c", "opens the conversation"));
    given.distributor.next().succeed();
    given.sends.receiveMessage();

    var result = given.ann.runCommand(new UserCommand.Send(CALLER, drafts, given.sends.ref()));

    assertThat(result.events()).hasSize(1);
    given.distributor.next().succeed();
    assertThat(given.sends.receiveSeveralMessages(3))
        .extracting(reply -> ((UserReply.Sent) reply).pos())
        .containsExactly(2L, 3L, 4L);
  }

  @Test
  void a_repeat_is_answered_with_the_first_result() throws Exception {
    var first = given.sent("c1", "hi");

    var result = given.ann.runCommand(given.send("c1", "hi"));

    assertThat(result.hasNoEvents()).isTrue();
    given.sends.expectMessage(first);
    assertThat(given.distributor.isQuiet()).isTrue();
  }

  @Test
  void a_repeat_of_what_is_still_on_its_way_waits_for_it() throws Exception {
    given.ann.runCommand(given.send("c1", "hi"));
    var attempt = given.distributor.next();
    given.ann.runCommand(given.send("c1", "hi"));
    given.sends.expectNoMessage(Duration.ofMillis(50));

    attempt.succeed();

    assertThat(given.sends.receiveMessage()).isEqualTo(given.sends.receiveMessage());
  }

  @Test
  void a_repeat_within_one_command_is_one_message() throws Exception {
    given.sent("c0", "opens the conversation");
    var draft = new Draft(new ClientId("c1"), TALK, new Content.Text("hi"), Optional.empty());

    given.ann.runCommand(new UserCommand.Send(CALLER, List.of(draft, draft), given.sends.ref()));

    assertThat(given.distributor.next().batch()).hasSize(1);
  }

  @Test
  void another_message_under_the_same_client_id_is_refused() throws Exception {
    given.sent("c1", "hi");

    given.ann.runCommand(given.send("c1", "ho"));
    given.ann.runCommand(given.send(ConversationId.between(ANN, ANN), "c1", "hi"));

    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.CLIENT_ID_REUSED);
    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.CLIENT_ID_REUSED);
  }

  @Test
  void a_send_to_nobody_is_refused() {
    given.ann.runCommand(given.send(ConversationId.between(ANN, NOBODY), "c1", "hi"));

    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.UNKNOWN_RECIPIENT);
    assertThat(given.distributor.isQuiet()).isTrue();
  }

  @Test
  void what_is_sent_while_a_recipient_is_looked_up_stays_in_order() throws Exception {
    var reference = given.spawn();
    reference.tell(given.send("c1", "one"));
    reference.tell(given.send(ConversationId.between(ANN, NOBODY), "c2", "lost"));
    reference.tell(given.send("c3", "three"));
    reference.tell(given.send("c4", "four"));

    var order = new ArrayList<String>();
    while (order.size() < 3) {
      var attempt = given.distributor.next();
      attempt
          .batch()
          .forEach(delivery -> order.add(((Message) delivery.entry()).clientId().value()));
      attempt.succeed();
    }

    assertThat(order).containsExactly("c1", "c3", "c4");
    assertThat(given.sends.receiveSeveralMessages(4))
        .filteredOn(UserReply.NotSent.class::isInstance)
        .singleElement()
        .satisfies(reply -> assertThat(failureOf(reply)).isEqualTo(Failure.UNKNOWN_RECIPIENT));
    kit.stop(reference);
  }

  @Test
  void a_note_to_oneself_is_archived_and_not_delivered() throws Exception {
    given.ann.runCommand(given.send(ConversationId.between(ANN, ANN), "c1", "milk"));
    var attempt = given.distributor.next();
    attempt.succeed();

    assertThat(attempt.batch()).isEmpty();
    var sent = given.sends.expectMessageClass(UserReply.Sent.class);
    assertThat(given.archived(sent.id())).isPresent();
    assertThat(given.unread(0, 10).messages().recent()).isEmpty();
  }

  // When the hand-over fails.

  @Test
  void a_failed_hand_over_is_repeated_with_the_same_batch_before_anything_else() throws Exception {
    given.ann.runCommand(given.send("c1", "one"));
    given.distributor.next().fail();
    given.ann.runCommand(given.send("c2", "two"));

    var again = given.distributor.next();

    assertThat(again.batch().getFirst().sequence()).isEqualTo(1);
    again.succeed();
    given.sends.expectMessageClass(UserReply.Sent.class);
  }

  @Test
  void who_waits_too_long_is_told_busy_and_a_repeat_gets_the_id() throws Exception {
    given.ann.runCommand(given.send("c1", "one"));
    var attempt = given.distributor.next();
    given.setTime(NOW.plusSeconds(60));
    attempt.fail();

    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.BUSY);

    given.ann.runCommand(given.send("c1", "one"));
    given.distributor.next().succeed();

    var sent = given.sends.expectMessageClass(UserReply.Sent.class);
    assertThat(sent.pos()).isEqualTo(1);
  }

  @Test
  void who_waits_too_long_for_a_distributor_that_hangs_is_told_busy_too() throws Exception {
    given.ann.runCommand(given.send("c1", "one"));
    var attempt = given.distributor.next();
    given.setTime(NOW.plusSeconds(60));

    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.BUSY);

    given.ann.runCommand(given.send("c1", "one"));
    attempt.succeed();
    assertThat(given.sends.expectMessageClass(UserReply.Sent.class).pos()).isEqualTo(1);
  }

  @Test
  void a_full_outbox_refuses_more() throws Exception {
    given.ann.runCommand(given.send("c0", "opens the conversation"));
    given.distributor.next();
    for (int i = 1; i < UserFixture.SETTINGS.outboxEntriesMax(); i++) {
      given.ann.runCommand(given.send("c" + i, "more"));
    }

    given.ann.runCommand(given.send("too much", "more"));

    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.BUSY);
  }

  // Recovery.

  @Test
  void what_was_not_handed_over_before_a_crash_is_handed_over_after_it() throws Exception {
    given.ann.runCommand(given.send("c1", "one"));
    var lost = given.distributor.next();

    given.ann.restart();

    assertThat(given.distributor.next().batch()).isEqualTo(lost.batch());
  }

  @Test
  void a_repeat_after_a_crash_gets_the_same_id() throws Exception {
    var before = given.sent("c1", "one");

    given.ann.restart();
    given.distributor.next().succeed();
    given.ann.runCommand(given.send("c1", "one"));

    given.sends.expectMessage(before);
  }

  @Test
  void state_survives_a_snapshot() throws Exception {
    for (int i = 1; i <= 25; i++) {
      given.sent("c" + i, "no. " + i);
      given.delivered(i);
    }
    var before = given.ann.getState().toSnapshot();

    given.ann.restart();

    assertThat(given.ann.getState().toSnapshot()).usingRecursiveComparison().isEqualTo(before);
    assertThat(given.ann.getState().mailbox().recent().first()).isGreaterThan(1);
  }

  @Test
  void entries_that_come_together_call_for_a_snapshot_as_well() {
    var snapshots = given.ann.snapshotTestKit().orElseThrow();

    given.delivered(LongStream.rangeClosed(1, 39).toArray());
    assertThat(snapshots.persistedInStorage("user|ann")).isEmpty();

    given.delivered(40, 41);
    given.delivered(42);
    kit.createTestProbe()
        .awaitAssert(() ->
            assertThat(snapshots.persistedInStorage("user|ann"))
                .singleElement()
                .extracting(stored -> ((UserSnapshot) stored.second()).latestPosition())
                .isEqualTo(41L));
  }

  @Test
  void a_write_that_fails_is_not_answered_and_leaves_nothing_behind() throws Exception {
    given.sent("c0", "opens the conversation");
    var reference = given.spawn();
    given.distributor.next().succeed();
    var journal = PersistenceTestKit.create(kit.system());
    journal.failNextPersisted("user|ann");

    reference.tell(given.send("c1", "one"));
    given.sends.expectNoMessage(Duration.ofMillis(100));
    reference.tell(given.send("c1", "one"));
    var attempt = given.distributor.next();
    while (attempt.batch().getFirst().sequence() != 2) {
      attempt.succeed();
      attempt = given.distributor.next();
    }
    attempt.succeed();

    assertThat(given.sends.expectMessageClass(UserReply.Sent.class).pos()).isEqualTo(2);
    kit.stop(reference);
  }

  @Test
  void a_stop_waits_for_the_outbox() throws Exception {
    var reference = given.spawn();
    reference.tell(given.send("c1", "one"));
    var attempt = given.distributor.next();
    var watcher = kit.createTestProbe();

    reference.tell(UserCommand.Stop.INSTANCE);
    attempt.succeed();

    watcher.expectTerminated(reference, Duration.ofSeconds(3));
    given.ann.restart();
    assertThat(given.ann.getState().outbox().pending()).isEmpty();
  }

  @Test
  void a_stop_does_not_wait_for_ever() throws Exception {
    var reference = given.spawn();
    reference.tell(given.send("c1", "one"));
    given.distributor.next();

    reference.tell(UserCommand.Stop.INSTANCE);

    kit.createTestProbe().expectTerminated(reference, Duration.ofSeconds(3));
    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.BUSY);
  }

  @Test
  void a_stop_does_not_wait_for_ever_after_a_failed_write_either() throws Exception {
    var reference = given.spawn();
    reference.tell(given.send("c1", "one"));
    given.distributor.next();
    reference.tell(UserCommand.Stop.INSTANCE);
    given.persistence().failNextPersisted("user|ann");

    reference.tell(given.deliver(1));

    kit.createTestProbe().expectTerminated(reference, Duration.ofSeconds(4));
  }

  @Test
  void a_stop_waits_until_it_is_known_whether_a_recipient_exists() throws Exception {
    var reference = given.spawn();
    reference.tell(given.send("c1", "to somebody new"));

    reference.tell(UserCommand.Stop.INSTANCE);
    given.distributor.next().succeed();

    given.sends.expectMessageClass(UserReply.Sent.class);
    kit.createTestProbe().expectTerminated(reference, Duration.ofSeconds(3));
  }

  @Test
  void a_stop_does_not_wait_for_one_who_does_not_exist() {
    var reference = given.spawn();
    reference.tell(given.send(ConversationId.between(ANN, NOBODY), "c1", "hi"));

    reference.tell(UserCommand.Stop.INSTANCE);

    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.UNKNOWN_RECIPIENT);
    kit.createTestProbe().expectTerminated(reference, SETTINGS.stopWithin());
  }

  // Receiving.

  @Test
  void what_arrives_twice_is_there_once() {
    given.delivered(1, 2);
    given.delivered(1, 2, 3);
    given.delivered(3);

    assertThat(given.unread(0, 10).messages().recent())
        .extracting(Positioned::pos)
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_gap_is_refused_and_what_came_before_it_stays() {
    given.ann.runCommand(given.deliver(1, 3));

    given.arrivals.expectMessage(new UserReply.Gap(TALK, 2, 3));
    assertThat(given.unread(0, 10).messages().recent()).hasSize(1);
    given.delivered(1, 2, 3);
    assertThat(given.unread(0, 10).messages().recent()).hasSize(3);
  }

  @Test
  void an_answer_is_later_than_what_it_answers_even_when_the_clock_is_behind() throws Exception {
    given.delivered(1);
    given.setTime(NOW.minusSeconds(100));

    var answer = given.sent("c1", "well");

    assertThat(answer.id().isAfter(fromBob(1).id())).isTrue();
  }

  // Reading.

  @Test
  void unread_messages_come_in_pages_oldest_first_from_memory_and_journal() {
    for (int i = 1; i <= 20; i++) {
      given.delivered(i);
    }

    var page = given.unread(4, 10);

    assertThat(page.more()).isTrue();
    assertThat(page.messages().older()).hasSize(1);
    assertThat(page.messages().older().getFirst().positions())
        .containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    assertThat(page.messages().recent()).extracting(Positioned::pos).containsExactly(13L, 14L);
    assertThat(given.unread(14, 10).more()).isFalse();
  }

  @Test
  void a_message_is_found_however_old() throws Exception {
    var sent = given.sent("c1", "hi");
    for (int i = 1; i <= 20; i++) {
      given.delivered(i);
    }

    var own = (UserReply.Found) given.get(sent.id());
    var old = (UserReply.Found) given.get(fromBob(2).id());
    var recent = (UserReply.Found) given.get(fromBob(20).id());

    assertThat(own.pos()).isEqualTo(1);
    assertThat(own.status()).contains(UserReply.Status.SENT);
    assertThat(old).isEqualTo(new UserReply.Found(3, fromBob(2), false, Optional.empty()));
    assertThat(recent.pos()).isEqualTo(21);
  }

  @Test
  void someone_elses_message_is_not_found() {
    given.delivered(1);
    var elsewhere = ConversationId.between(BOB, NOBODY);
    var foreign = MessageId.next(MessageId.first(elsewhere), NOW, elsewhere, BOB);
    var never = MessageId.next(fromBob(1).id(), NOW.plusSeconds(9), TALK, BOB);

    assertThat(failureOf(given.get(foreign))).isEqualTo(Failure.NOT_FOUND);
    assertThat(failureOf(given.get(never))).isEqualTo(Failure.NOT_FOUND);
    assertThat(failureOf(given.markRead(never))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void what_is_read_is_no_longer_unread_and_keeps_its_time() {
    for (int i = 1; i <= 3; i++) {
      given.delivered(i);
    }
    given.setTime(NOW.plusSeconds(1));
    var first = given.markRead(fromBob(2).id());
    given.setTime(NOW.plusSeconds(2));

    var again = given.markRead(fromBob(2).id());

    assertThat(first)
        .isEqualTo(new UserReply.MarkedRead(fromBob(2).id(), NOW.plusSeconds(1)))
        .isEqualTo(again);
    assertThat(given.unread(0, 10).messages().recent())
        .extracting(Positioned::pos)
        .containsExactly(1L, 3L);
  }

  @Test
  void the_time_of_reading_is_kept_when_memory_has_forgotten_it() {
    given.delivered(1);
    var first = given.markRead(fromBob(1).id());
    for (int i = 2; i <= 20; i++) {
      given.delivered(i);
    }
    given.setTime(NOW.plusSeconds(60));

    assertThat(given.markRead(fromBob(1).id())).isEqualTo(first);
    given.ann.restart();
    assertThat(given.markRead(fromBob(1).id())).isEqualTo(first);
  }

  @Test
  void the_sender_is_told_once_what_was_read_without_a_gap() throws Exception {
    given.delivered(1, 2, 3);
    given.markRead(fromBob(2).id());
    assertThat(given.distributor.isQuiet()).isTrue();

    given.markRead(fromBob(1).id());
    var first = given.distributor.next();
    first.succeed();
    given.markRead(fromBob(3).id());
    var second = given.distributor.next();
    second.succeed();

    assertThat(first.batch()).containsExactly(readReceipt(1, fromBob(2).id()));
    assertThat(second.batch()).containsExactly(readReceipt(2, fromBob(3).id()));
  }

  @Test
  void reading_the_first_one_closes_the_gap_before_what_was_read_already() {
    given.delivered(1, 2, 3, 4, 5);
    var third = (UserReply.MarkedRead) given.markRead(fromBob(3).id());
    given.markRead(fromBob(2).id());
    given.setTime(NOW.plusSeconds(1));

    var first = (UserReply.MarkedRead) given.markRead(fromBob(1).id());

    assertThat(given.ann.getState().conversations().find(TALK).orElseThrow().mine().read())
        .contains(fromBob(3).id());
    assertThat(given.unread(0, 10).messages().recent()).hasSize(2);
    assertThat(given.markRead(fromBob(1).id())).isEqualTo(first);
    assertThat(given.markRead(fromBob(3).id())).isEqualTo(third);
  }

  private static Delivery readReceipt(long sequence, MessageId upTo) {
    return new Delivery(
        BOB, sequence, new Receipt(TALK, ANN, Optional.of(upTo), Optional.of(upTo)));
  }

  @Test
  void a_receipt_changes_the_status_of_what_was_sent() throws Exception {
    var first = given.sent("c1", "one");
    var second = given.sent("c2", "two");

    given.ann.runCommand(
        new UserCommand.Deliver(
            List.of(
                new Delivery(
                    ANN,
                    1,
                    new Receipt(TALK, BOB, Optional.of(second.id()), Optional.of(first.id())))),
            given.arrivals.ref()));

    assertThat(((UserReply.Found) given.get(first.id())).status()).contains(UserReply.Status.READ);
    assertThat(((UserReply.Found) given.get(second.id())).status())
        .contains(UserReply.Status.DELIVERED);
  }
}
