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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.ReadMark;
import parley.message.Receipt;

class UserReceiptTest {

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

  private void acknowledge(long pos, Map<ConversationId, MessageId> delivered) {
    given.acknowledge(CALLER, pos, delivered);
  }

  private static Delivery receipt(long sequence, MessageId delivered, MessageId read) {
    return new Delivery(
        BOB, sequence, new Receipt(TALK, ANN, Optional.of(delivered), Optional.ofNullable(read)));
  }

  private long readUpTo(MessageId id) {
    UserReply.ToMarkReadUpTo answer =
        given.ask(replyTo -> new UserCommand.MarkReadUpTo(CALLER, TALK, id, replyTo));
    return ((UserReply.MarkedReadUpTo) answer).unread();
  }

  // Delivered.

  @Test
  void an_acknowledgement_of_all_tells_the_sender_so_once() throws Exception {
    given.distributor.succeedAlways();
    given.delivered(1, 2, 3);

    acknowledge(3, Map.of());
    assertThat(given.distributor.next().batch()).containsExactly(receipt(1, fromBob(3).id(), null));

    acknowledge(3, Map.of());
    given.ann.restart();
    // Who starts anew hands over again what the journal does not say has arrived.
    assertThat(given.distributor.next().batch()).containsExactly(receipt(1, fromBob(3).id(), null));
    given.delivered(4);
    acknowledge(4, Map.of());
    assertThat(given.distributor.next().batch()).containsExactly(receipt(2, fromBob(4).id(), null));
  }

  @Test
  void a_part_is_told_as_far_as_the_session_knows_it() throws Exception {
    given.delivered(1, 2, 3);

    acknowledge(2, Map.of(TALK, fromBob(2).id()));

    assertThat(given.distributor.next().batch()).containsExactly(receipt(1, fromBob(2).id(), null));
  }

  @Test
  void what_came_after_the_last_acknowledgement_is_not_delivered() throws Exception {
    given.delivered(1, 2, 3);

    acknowledge(2, Map.of());
    acknowledge(2, Map.of(TALK, fromBob(9).id()));

    given.arrivals.expectNoMessage(Duration.ofMillis(100));
    assertThat(given.distributor.isQuiet()).isTrue();
  }

  @Test
  void receipts_only_move_forward() throws Exception {
    given.distributor.succeedAlways();
    given.delivered(1, 2, 3);
    acknowledge(3, Map.of());
    given.distributor.next();

    acknowledge(1, Map.of(TALK, fromBob(1).id()));
    given.markRead(fromBob(1).id());

    assertThat(given.distributor.next().batch())
        .containsExactly(receipt(2, fromBob(3).id(), fromBob(1).id()));
  }

  @Test
  void receipts_and_messages_share_one_dense_sequence() throws Exception {
    given.distributor.succeedAlways();
    var numbers = new ArrayList<Long>();
    for (int i = 1; i <= 3; i++) {
      given.delivered(i);
      acknowledge(given.ann.getState().mailbox().latest(), Map.of());
      given.distributor.next().batch().forEach(delivery -> numbers.add(delivery.sequence()));
      given.ann.runCommand(given.send("c" + i, "no. " + i));
      given.distributor.next().batch().forEach(delivery -> numbers.add(delivery.sequence()));
      given.sends.expectMessageClass(UserReply.Sent.class);
    }

    assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void while_the_outbox_is_full_receipts_wait() throws Exception {
    given.delivered(1);
    given.ann.runCommand(given.send("c0", "first"));
    var first = given.distributor.next();
    for (int i = 1; i < SETTINGS.outboxEntriesMax(); i++) {
      given.ann.runCommand(given.send("c" + i, "more"));
    }
    acknowledge(1, Map.of());
    given.arrivals.expectNoMessage(SETTINGS.receiptDelay().multipliedBy(5));
    assertThat(given.ann.getState().outbox().pending()).hasSize(SETTINGS.outboxEntriesMax());

    given.distributor.succeedAlways();
    first.succeed();

    given.distributor.next();
    assertThat(given.distributor.next().batch()).containsExactly(receipt(6, fromBob(1).id(), null));
  }

  @Test
  void a_burst_costs_one_receipt_for_each_conversation() throws Exception {
    given.distributor.succeedAlways();
    long start = System.nanoTime();
    for (int i = 1; i <= 50; i++) {
      given.delivered(i);
      acknowledge(i, Map.of(TALK, fromBob(i).id()));
    }

    var told = new ArrayList<Delivery>();
    while (!told.contains(receipt(told.size(), fromBob(50).id(), null))) {
      told.addAll(given.distributor.next().batch());
    }
    long delays = (System.nanoTime() - start) / SETTINGS.receiptDelay().toNanos();
    assertThat(told).hasSizeLessThanOrEqualTo((int) delays + 1);
  }

  // Read.

  @Test
  void all_up_to_a_message_is_read_at_once() throws Exception {
    given.delivered(1, 2, 3, 4);

    assertThat(readUpTo(fromBob(3).id())).isEqualTo(1);
    assertThat(given.distributor.next().batch())
        .containsExactly(receipt(1, fromBob(3).id(), fromBob(3).id()));
    assertThat(readUpTo(fromBob(2).id())).isEqualTo(1);
    assertThat(readUpTo(fromBob(3).id())).isEqualTo(1);
    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(5);
  }

  @Test
  void a_message_read_with_others_keeps_the_time_of_that() {
    given.delivered(1, 2, 3);
    given.setTime(NOW.plusSeconds(5));
    readUpTo(fromBob(3).id());
    given.setTime(NOW.plusSeconds(50));

    assertThat(given.markRead(fromBob(2).id()))
        .isEqualTo(new UserReply.MarkedRead(fromBob(2).id(), NOW.plusSeconds(5)));
  }

  /** What Ann says to Bob's first message. */
  private UserReply.Sent answered() throws InterruptedException {
    given.distributor.succeedAlways();
    given.delivered(1);
    given.setTime(NOW.plusMillis(10));
    return given.sent("c1", "well");
  }

  @Test
  void up_to_an_own_message_reads_what_came_before_it() throws Exception {
    var own = answered();
    given.delivered(2);

    assertThat(readUpTo(own.id())).isEqualTo(1);

    // Bob's second message has a smaller id and is not read: no receipt may say that it is.
    assertThat(given.distributor.next().batch())
        .containsExactly(receipt(2, fromBob(1).id(), fromBob(1).id()));

    assertThat(readUpTo(fromBob(2).id())).isZero();
    assertThat(given.distributor.next().batch())
        .containsExactly(receipt(3, fromBob(2).id(), fromBob(2).id()));
  }

  @Test
  void a_mark_up_to_an_own_message_is_replayed_as_older_journals_have_it() throws Exception {
    var own = answered();
    given.delivered(2);
    var mark = new ReadMark(TALK, own.id(), true, NOW);

    var after = given.ann.getState().on(new UserEvent.Marked(4, mark, own.pos()));

    var talk = after.conversations().find(TALK).orElseThrow();
    assertThat(talk.unreadCount()).isEqualTo(1);
    assertThat(talk.mine().read()).isEmpty();
  }

  @Test
  void up_to_an_own_message_reads_what_memory_does_not_have_any_more() throws Exception {
    var own = answered();
    for (int i = 2; i <= 40; i++) {
      given.delivered(i);
    }
    given.ann.restart();

    assertThat(readUpTo(own.id())).isEqualTo(39);
    assertThat(given.ann.getState().conversations().find(TALK).orElseThrow().mine().read())
        .contains(fromBob(1).id());
  }

  @Test
  void a_message_of_another_conversation_is_no_end() {
    given.delivered(1);
    UserReply.ToMarkReadUpTo answer =
        given.ask(replyTo ->
            new UserCommand.MarkReadUpTo(
                CALLER, ConversationId.between(ANN, NOBODY), fromBob(1).id(), replyTo));

    assertThat(failureOf(answer)).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void reading_survives_snapshots_and_events() {
    for (int i = 1; i <= 15; i++) {
      given.delivered(i);
    }
    readUpTo(fromBob(7).id());
    given.markRead(fromBob(10).id());
    var before = given.ann.getState().toSnapshot();

    given.ann.restart();

    assertThat(given.ann.getState().toSnapshot()).usingRecursiveComparison().isEqualTo(before);
    assertThat(given.ann.getState().conversations().find(TALK).orElseThrow().unreadCount())
        .isEqualTo(7);
  }

  @Test
  void the_list_of_conversations_says_how_far_both_have_got() throws Exception {
    given.distributor.succeedAlways();
    given.delivered(1, 2);
    readUpTo(fromBob(1).id());
    given.distributor.next();
    var sent = given.sent("c1", "hi");

    UserReply.ToGetConversations list =
        given.ask(
            replyTo -> new UserCommand.GetConversations(CALLER, Optional.empty(), 10, replyTo));

    assertThat(list)
        .isEqualTo(
            new UserReply.ConversationList(
                List.of(
                    new UserReply.ConversationInfo(
                        TALK, sent.id(), 1, Optional.of(fromBob(1).id()), Watermarks.NONE)),
                false));
  }

  @Test
  void the_list_of_conversations_comes_in_pages() {
    given.distributor.succeedAlways();
    for (int i = 1; i <= 3; i++) {
      given.setTime(NOW.plusSeconds(i));
      given.ann.runCommand(given.send(talk(i), "c" + i, "hi"));
      given.sends.expectMessageClass(UserReply.Sent.class);
    }

    var first = conversations(Optional.empty());
    assertThat(first.more()).isTrue();
    assertThat(first.conversations()).extracting(it -> it.id()).containsExactly(talk(3), talk(2));
    var last = conversations(Optional.of(first.conversations().getLast().latest()));
    assertThat(last.more()).isFalse();
    assertThat(last.conversations()).extracting(it -> it.id()).containsExactly(talk(1));
  }

  private static ConversationId talk(int other) {
    return ConversationId.parse("direct:ann:other" + other);
  }

  private UserReply.ConversationList conversations(Optional<MessageId> before) {
    UserReply.ToGetConversations page =
        given.ask(replyTo -> new UserCommand.GetConversations(CALLER, before, 2, replyTo));
    return (UserReply.ConversationList) page;
  }
}
