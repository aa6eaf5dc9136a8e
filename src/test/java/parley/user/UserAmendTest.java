package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.NOBODY;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.failureOf;
import static parley.user.UserFixture.fromBob;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Archived;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.Delivery;
import parley.message.Edit;
import parley.message.Failure;
import parley.message.MessageId;

class UserAmendTest {

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

  private static final UserCommand.Change DELETE = new UserCommand.TakeBack();

  private static UserCommand.Change rewrite(String text) {
    return new UserCommand.Rewrite(new Content.Text(text));
  }

  private UserReply.ToAmend amend(MessageId id, UserCommand.Change change) {
    return given.ask(replyTo -> new UserCommand.Amend(CALLER, id, change, replyTo));
  }

  private Archived now(MessageId id) {
    return given.archived(id).orElseThrow();
  }

  /** Bob says something: it is in Ann's mailbox and in the archive. */
  private MessageId bobSays(long sequence) {
    given.archive.append(List.of(fromBob(sequence)));
    given.delivered(sequence);
    return fromBob(sequence).id();
  }

  @BeforeEach
  void everything_arrives() {
    given.distributor.succeedAlways();
  }

  @Test
  void an_edit_is_archived_and_handed_over_in_order() throws Exception {
    var sent = given.sent("c1", "hi");
    given.setTime(NOW.plusSeconds(1));

    assertThat(amend(sent.id(), rewrite("ho")))
        .isEqualTo(new UserReply.Amended(sent.id(), NOW.plusSeconds(1)));

    var edit = new Edit(TALK, sent.id(), ANN, new Content.Text("ho"), NOW.plusSeconds(1));
    assertThat(given.distributor.next().batch()).containsExactly(new Delivery(BOB, 2, edit));
    assertThat(now(sent.id()).message().content()).isEqualTo(new Content.Text("ho"));
    assertThat(now(sent.id()).editedAt()).contains(NOW.plusSeconds(1));
  }

  @Test
  void an_edit_is_possible_for_fifteen_minutes() throws Exception {
    var sent = given.sent("c1", "hi");
    given.setTime(NOW.plus(Duration.ofMinutes(15)));
    assertThat(amend(sent.id(), rewrite("just in time"))).isInstanceOf(UserReply.Amended.class);

    given.setTime(NOW.plus(Duration.ofMinutes(15)).plusMillis(1));

    assertThat(failureOf(amend(sent.id(), rewrite("too late")))).isEqualTo(Failure.TOO_LATE);
    assertThat(amend(sent.id(), rewrite("just in time")))
        .isEqualTo(new UserReply.Amended(sent.id(), NOW.plus(Duration.ofMinutes(15))));
  }

  @Test
  void a_repeat_changes_nothing_and_gets_the_first_answer() throws Exception {
    var sent = given.sent("c1", "hi");
    var edited = amend(sent.id(), rewrite("ho"));
    given.setTime(NOW.plusSeconds(9));
    assertThat(amend(sent.id(), rewrite("ho"))).isEqualTo(edited);
    var deleted = amend(sent.id(), DELETE);
    given.setTime(NOW.plusSeconds(99));
    assertThat(amend(sent.id(), DELETE)).isEqualTo(deleted);

    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(3);
  }

  @Test
  void what_another_said_is_theirs() {
    var id = bobSays(1);

    assertThat(failureOf(amend(id, rewrite("ho")))).isEqualTo(Failure.NOT_ALLOWED);
    assertThat(failureOf(amend(id, rewrite("no. 1")))).isEqualTo(Failure.NOT_ALLOWED);
    assertThat(failureOf(amend(id, DELETE))).isEqualTo(Failure.NOT_ALLOWED);
    assertThat(amend(id, new UserCommand.React("+1", true))).isInstanceOf(UserReply.Amended.class);
  }

  @Test
  void what_was_taken_back_stays_so() throws Exception {
    var sent = given.sent("c1", "hi");
    amend(sent.id(), DELETE);

    assertThat(failureOf(amend(sent.id(), rewrite("hi")))).isEqualTo(Failure.TOO_LATE);
    assertThat(failureOf(amend(sent.id(), new UserCommand.React("+1", true))))
        .isEqualTo(Failure.TOO_LATE);
    // The clock stands still, and what counts by its time comes after what was before.
    assertThat(now(sent.id()).deletedAt()).contains(NOW.plusMillis(1));
  }

  @Test
  void a_reaction_is_there_once_and_can_be_taken_back() {
    var id = bobSays(1);
    amend(id, new UserCommand.React("+1", true));
    amend(id, new UserCommand.React("+1", true));
    assertThat(now(id).reactions()).containsOnlyKeys("+1");
    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(2);

    amend(id, new UserCommand.React("+1", false));
    amend(id, new UserCommand.React("+1", false));

    assertThat(now(id).reactions()).isEmpty();
    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(3);
  }

  @Test
  void one_reaction_too_many_is_refused() {
    var id = bobSays(1);
    for (int i = 0; i < AmendHandlers.REACTIONS_MOST; i++) {
      amend(id, new UserCommand.React("r" + i, true));
    }

    assertThat(failureOf(amend(id, new UserCommand.React("more", true))))
        .isEqualTo(Failure.TOO_LARGE);
  }

  @Test
  void what_cannot_be_a_reaction_never_reaches_the_actor() {
    assertThatIllegalArgumentException().isThrownBy(() -> new UserCommand.React("", true));
    assertThatIllegalArgumentException().isThrownBy(() -> new UserCommand.React("a b", true));
  }

  @Test
  void changes_that_come_together_are_decided_one_after_the_other() throws Exception {
    var sent = given.sent("c1", "hi");
    given.archive.hold();
    TestProbe<UserReply.ToAmend> answers = kit.createTestProbe();
    for (var change : List.of(rewrite("ho"), rewrite("hi"), DELETE, rewrite("no"), DELETE)) {
      given.ann.runCommand(new UserCommand.Amend(CALLER, sent.id(), change, answers.ref()));
    }

    given.archive.release();

    assertThat(answers.receiveSeveralMessages(5))
        .filteredOn(UserReply.Refused.class::isInstance)
        .singleElement()
        .satisfies(refused -> assertThat(failureOf(refused)).isEqualTo(Failure.TOO_LATE));
    assertThat(now(sent.id()).message().content()).isEqualTo(new Content.Text("hi"));
    assertThat(now(sent.id()).deletedAt()).isPresent();
    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(4);
  }

  @Test
  void a_change_that_is_still_on_its_way_counts() throws Exception {
    var sent = given.sent("c1", "hi");
    given.distributor.succeedNoMore();
    TestProbe<UserReply.ToAmend> answers = kit.createTestProbe();
    given.ann.runCommand(new UserCommand.Amend(CALLER, sent.id(), rewrite("ho"), answers.ref()));
    given.ann.runCommand(new UserCommand.Amend(CALLER, sent.id(), rewrite("hi"), answers.ref()));

    answers.awaitAssert(() -> assertThat(given.ann.getState().mailbox().latest()).isEqualTo(3));
  }

  @Test
  void someone_elses_message_is_not_found() {
    bobSays(1);
    var elsewhere = ConversationId.between(BOB, NOBODY);
    var foreign = MessageId.next(MessageId.first(elsewhere), NOW, elsewhere, BOB);
    var never = MessageId.next(fromBob(1).id(), NOW.plusSeconds(9), TALK, BOB);

    assertThat(failureOf(amend(foreign, DELETE))).isEqualTo(Failure.NOT_FOUND);
    assertThat(failureOf(amend(never, DELETE))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void an_archive_that_cannot_be_read_is_busy_and_the_next_one_is_served() throws Exception {
    var sent = given.sent("c1", "hi");
    given.archive.failNext();

    assertThat(failureOf(amend(sent.id(), DELETE))).isEqualTo(Failure.BUSY);
    assertThat(amend(sent.id(), DELETE)).isInstanceOf(UserReply.Amended.class);
  }

  @Test
  void a_note_to_oneself_is_amended_in_the_archive_alone() throws Exception {
    given.ann.runCommand(given.send(ConversationId.between(ANN, ANN), "c1", "milk"));
    var note = given.sends.expectMessageClass(UserReply.Sent.class);
    given.distributor.next();

    amend(note.id(), rewrite("bread"));

    assertThat(given.distributor.next().batch()).isEmpty();
    assertThat(now(note.id()).message().content()).isEqualTo(new Content.Text("bread"));
  }

  @Test
  void amendments_survive_a_crash() throws Exception {
    var sent = given.sent("c1", "hi");
    given.distributor.succeedNoMore();
    given.ann.runCommand(
        new UserCommand.Amend(
            CALLER, sent.id(), DELETE, kit.<UserReply.ToAmend>createTestProbe().ref()));
    var lost = given.distributor.nextThatBrings(Deletion.class);

    given.ann.restart();

    assertThat(given.distributor.nextThatBrings(Deletion.class).batch()).containsAll(lost.batch());
  }

  @Test
  void a_send_that_answers_a_message_of_another_conversation_is_refused() throws Exception {
    var elsewhere = MessageId.first(ConversationId.between(ANN, NOBODY));
    var id = bobSays(1);
    var draft = new Draft(new ClientId("c1"), TALK, new Content.Text("?"), Optional.of(elsewhere));
    given.ann.runCommand(new UserCommand.Send(CALLER, List.of(draft), given.sends.ref()));
    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.MALFORMED_FIELD);

    draft = new Draft(new ClientId("c1"), TALK, new Content.Text("yes"), Optional.of(id));
    given.ann.runCommand(new UserCommand.Send(CALLER, List.of(draft), given.sends.ref()));
    var sent = given.sends.expectMessageClass(UserReply.Sent.class);
    assertThat(now(sent.id()).message().replyTo()).contains(id);
  }

  @Test
  void what_has_come_before_it_is_archived_may_be_changed_in_a_moment() {
    given.delivered(1);

    var early = amend(fromBob(1).id(), new UserCommand.React("+1", true));
    assertThat(failureOf(early)).isEqualTo(Failure.BUSY);

    given.archive.append(List.of(fromBob(1)));
    assertThat(amend(fromBob(1).id(), new UserCommand.React("+1", true)))
        .isInstanceOf(UserReply.Amended.class);
    assertThat(failureOf(amend(fromBob(2).id(), new UserCommand.React("+1", true))))
        .isEqualTo(Failure.NOT_FOUND);
  }
}
