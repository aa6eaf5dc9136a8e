package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.NOBODY;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.failureOf;
import static parley.user.UserFixture.fromBob;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Edit;
import parley.message.Failure;
import parley.message.Message;
import parley.message.Receipt;
import parley.message.UserId;

class UserContactTest {

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

  private UserReply.ContactList contacts() {
    UserReply.ToGetContacts list =
        given.ask(replyTo -> new UserCommand.GetContacts(CALLER, Optional.empty(), replyTo));
    return (UserReply.ContactList) list;
  }

  private UserReply.ToChangeContacts put(UserId contact, String name) {
    return given.ask(replyTo -> new UserCommand.PutContact(CALLER, contact, name, replyTo));
  }

  private UserReply.Visibility visibility() {
    UserReply.ToGetVisibility answer =
        given.ask(replyTo -> new UserCommand.GetVisibility(CALLER, TALK, replyTo));
    return (UserReply.Visibility) answer;
  }

  @Test
  void contacts_are_kept_renamed_and_forgotten() {
    put(BOB, "Bob");
    put(BOB, "Bobby");
    put(NOBODY, "Nobody");
    given.<UserReply.ToChangeContacts>ask(
        replyTo -> new UserCommand.RemoveContact(CALLER, NOBODY, replyTo));
    given.<UserReply.ToChangeContacts>ask(
        replyTo -> new UserCommand.RemoveContact(CALLER, NOBODY, replyTo));
    given.ann.restart();

    assertThat(contacts().names()).isEqualTo(Map.of(BOB, "Bobby"));
  }

  @Test
  void one_contact_too_many_is_refused() {
    for (int i = 0; i < Contacts.MOST; i++) {
      given.ann.getState().contacts().put(new UserId("u" + i), "one of many");
    }

    assertThat(failureOf(put(BOB, "Bob"))).isEqualTo(Failure.TOO_LARGE);
    assertThat(put(new UserId("u0"), "another name")).isEqualTo(new UserReply.ContactsChanged());
  }

  @Test
  void blocking_twice_is_blocking_once() {
    given.block(BOB);
    given.block(BOB);
    assertThat(contacts().blocked()).containsExactly(BOB);
    assertThat(visibility().hidden()).hasSize(1);

    given.unblock(BOB);
    given.unblock(BOB);

    assertThat(contacts().blocked()).isEmpty();
    assertThat(visibility().hidden()).hasSize(1);
  }

  @Test
  void what_somebody_sends_who_is_blocked_is_confirmed_and_never_there() {
    given.delivered(1);
    given.block(BOB);

    given.delivered(2, 3);
    given.delivered(2, 3);

    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(1);
    assertThat(given.unread(0, 10).messages().recent()).hasSize(1);
    assertThat(failureOf(given.get(fromBob(2).id()))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void the_sequence_goes_on_after_a_block() {
    given.block(BOB);
    given.delivered(1, 2);
    given.unblock(BOB);

    given.ann.runCommand(given.deliver(4));
    given.arrivals.expectMessage(new UserReply.Gap(TALK, 3, 4));
    given.delivered(1, 2, 3);

    assertThat(given.unread(0, 10).messages().recent())
        .extracting(entry -> ((Message) entry.entry()).id())
        .containsExactly(fromBob(3).id());
  }

  @Test
  void receipts_of_somebody_who_is_blocked_count() throws Exception {
    given.distributor.succeedAlways();
    var sent = given.sent("c1", "hi");
    given.block(BOB);
    var receipt = new Receipt(TALK, BOB, Optional.of(sent.id()), Optional.of(sent.id()));
    given.ann.runCommand(
        new UserCommand.Deliver(
            List.of(
                new Delivery(ANN, 1, fromBob(1)),
                new Delivery(ANN, 2, receipt),
                new Delivery(ANN, 3, fromBob(3))),
            given.arrivals.ref()));

    given.arrivals.expectMessage(new UserReply.Delivered());
    assertThat(((UserReply.Found) given.get(sent.id())).status()).contains(UserReply.Status.READ);
    assertThat(given.ann.getState().conversations().receivedSequence(TALK)).isEqualTo(3);
    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(2);
  }

  @Test
  void later_changes_to_what_was_hidden_are_hidden_too() {
    given.block(BOB);
    given.delivered(1);
    given.setTime(NOW.plusSeconds(10));
    given.unblock(BOB);
    var edit = new Edit(TALK, fromBob(1).id(), BOB, new Content.Text("see?"), NOW.plusSeconds(11));

    given.ann.runCommand(
        new UserCommand.Deliver(List.of(new Delivery(ANN, 2, edit)), given.arrivals.ref()));

    given.arrivals.expectMessage(new UserReply.Delivered());
    assertThat(given.ann.getState().mailbox().latest()).isZero();
    assertThat(given.ann.getState().conversations().receivedSequence(TALK)).isEqualTo(2);
  }

  @Test
  void nobody_writes_to_whom_they_have_blocked() throws Exception {
    given.sent("c0", "hi");
    given.block(BOB);
    given.ann.runCommand(given.send("c1", "still there?"));
    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.RECIPIENT_BLOCKED);

    given.unblock(BOB);
    given.ann.runCommand(given.send("c1", "still there?"));
    given.distributor.next().succeed();
    given.sends.expectMessageClass(UserReply.Sent.class);
  }

  @Test
  void periods_of_blocks_hide_what_was_said_in_them() {
    given.block(BOB);
    given.setTime(NOW.plusMillis(5));
    given.unblock(BOB);

    var periods = visibility();

    assertThat(periods.hidden())
        .containsExactly(new UserReply.Period(NOW, Optional.of(NOW.plusMillis(5))));
    assertThat(periods.shows(fromBob(4), ANN)).isFalse();
    assertThat(periods.shows(fromBob(4), BOB)).isTrue();
    assertThat(periods.shows(fromBob(5), ANN)).isTrue();
  }

  @Test
  void the_history_of_others_is_not_found() {
    UserReply.ToGetVisibility answer =
        given.ask(replyTo ->
            new UserCommand.GetVisibility(CALLER, ConversationId.between(BOB, NOBODY), replyTo));

    assertThat(failureOf(answer)).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void contacts_and_blocks_survive_a_snapshot() {
    for (int i = 0; i < 12; i++) {
      put(new UserId("u" + i), "name " + i);
      given.block(new UserId("u" + i));
    }
    given.unblock(new UserId("u3"));
    var before = given.ann.getState().toSnapshot();

    given.ann.restart();

    assertThat(given.ann.getState().toSnapshot()).usingRecursiveComparison().isEqualTo(before);
    assertThat(contacts().blocked()).hasSize(11);
  }
}
