package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.fromBob;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.Delivery;
import parley.message.Entry;
import parley.message.Gap;
import parley.message.GroupId;
import parley.message.GroupNotice;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Receipt;
import parley.message.UserId;

/** What an actor does about deliveries that never come. */
class LostDeliveriesTest {

  private static final ConversationId.Group GROUP =
      new ConversationId.Group(new GroupId("01ARZ3NDEKTSV4RRFFQ69G5FAV"));

  private final ActorTestKit kit = ActorTestKit.create(UserFixture.CONFIG);
  private UserFixture given;

  @BeforeEach
  void begin() {
    given = new UserFixture(kit);
    given.register();
  }

  @AfterEach
  void stopKit() {
    kit.shutdownTestKit();
  }

  private void archived(Message... messages) {
    given.archive.append(List.of(messages));
  }

  private static Message[] fromBobAll(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(UserFixture::fromBob)
        .toArray(Message[]::new);
  }

  private static Message fromAnn(long order) {
    return said(TALK, order, ANN);
  }

  private static Message said(ConversationId where, long order, UserId by) {
    var id = MessageId.next(MessageId.first(where), NOW.plusMillis(order), where, by);
    return new Message(
        id, where, by, new ClientId("a" + order), new Content.Text("hi"), Optional.empty());
  }

  /** Tells that the gap will not be filled, with what comes behind it. */
  private void deliverBehind(Gap lost, Delivery... behind) {
    given.ann.runCommand(
        new UserCommand.Deliver(List.of(behind), Optional.of(lost), given.arrivals.ref()));
  }

  private void passed(Gap lost, Delivery... behind) {
    deliverBehind(lost, behind);
    given.arrivals.expectMessage(new UserReply.Delivered());
  }

  private static Delivery delivery(long sequence, Entry entry) {
    return new Delivery(ANN, sequence, entry);
  }

  /** The messages of the mailbox, in order. */
  private List<MessageId> mailbox() {
    return given.journal().stream()
        .flatMap(event -> event.entries().stream())
        .map(Positioned::entry)
        .filter(Message.class::isInstance)
        .map(entry -> ((Message) entry).id())
        .toList();
  }

  private static List<MessageId> ids(Message... messages) {
    return List.of(messages).stream().map(Message::id).toList();
  }

  @Test
  void what_was_lost_comes_from_the_archive_in_order_and_the_rest_goes_on() {
    archived(fromBobAll(1, 4));
    given.delivered(1);
    given.ann.runCommand(given.deliver(4));
    given.arrivals.expectMessage(new UserReply.Gap(TALK, 2, 4));

    passed(new Gap(TALK, 2, 4), delivery(4, fromBob(4)));
    given.delivered(5);
    given.delivered(2, 3, 4);

    assertThat(mailbox()).isEqualTo(ids(fromBobAll(1, 5)));
    assertThat(given.unread(0, 10).messages().recent())
        .extracting(Positioned::pos)
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void what_the_archive_does_not_have_is_passed_over() {
    given.delivered(1);

    passed(new Gap(TALK, 2, 4), delivery(4, fromBob(4)));
    given.delivered(5);

    assertThat(mailbox()).isEqualTo(ids(fromBob(1), fromBob(4), fromBob(5)));
  }

  @Test
  void a_gap_that_was_filled_meanwhile_is_none() {
    archived(fromBobAll(1, 4));
    given.delivered(1, 2, 3);

    passed(new Gap(TALK, 2, 4), delivery(4, fromBob(4)));

    assertThat(mailbox()).isEqualTo(ids(fromBobAll(1, 4)));
  }

  @Test
  void a_gap_that_was_filled_while_the_archive_was_read_is_none() {
    archived(fromBobAll(1, 4));
    given.archive.hold();
    deliverBehind(new Gap(TALK, 1, 4), delivery(4, fromBob(4)));
    given.delivered(1, 2, 3);

    given.archive.release();
    given.arrivals.expectMessage(new UserReply.Delivered());
    assertThat(mailbox()).isEqualTo(ids(fromBobAll(1, 4)));
  }

  @Test
  void another_gap_is_refused_as_ever() {
    deliverBehind(new Gap(TALK, 1, 3), delivery(3, fromBob(3)), delivery(5, fromBob(5)));
    given.arrivals.expectMessage(new UserReply.Gap(TALK, 4, 5));

    assertThat(mailbox()).isEqualTo(ids(fromBob(3)));
  }

  @Test
  void what_is_no_message_passes_and_the_gap_stays_until_one_comes() {
    archived(fromBobAll(1, 3));
    var sent = fromAnn(1).id();
    var receipt = new Receipt(TALK, BOB, Optional.of(sent), Optional.empty());

    passed(new Gap(TALK, 1, 3), delivery(3, receipt));
    passed(new Gap(TALK, 1, 3), delivery(3, receipt));
    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(1);
    assertThat(given.ann.getState().conversations().receivedSequence(TALK)).isZero();

    var read = new Receipt(TALK, BOB, Optional.of(sent), Optional.of(sent));
    passed(new Gap(TALK, 1, 4), delivery(4, read), delivery(5, fromBob(4)));
    given.delivered(6);

    assertThat(mailbox())
        .isEqualTo(ids(fromBob(1), fromBob(2), fromBob(3), fromBob(4), fromBob(6)));
    assertThat(given.ann.getState().conversations().receivedSequence(TALK)).isEqualTo(6);
  }

  @Test
  void nothing_is_put_in_of_somebody_who_is_blocked_now() {
    int portion = UserFixture.SETTINGS.batchEntriesMax();
    archived(fromBobAll(1, portion + 1));
    given.setTime(NOW.plusSeconds(1));
    given.block(BOB);

    passed(new Gap(TALK, 1, portion + 2), delivery(portion + 2, fromBob(portion + 2)));

    assertThat(mailbox()).isEmpty();
    assertThat(given.ann.getState().conversations().receivedSequence(TALK)).isEqualTo(portion + 2);
  }

  @Test
  void neither_own_words_nor_deleted_ones_nor_those_of_a_block_are_put_in() {
    given.block(BOB);
    given.setTime(NOW.plusMillis(5));
    given.unblock(BOB);
    archived(fromBob(2), fromAnn(6), fromBob(7), fromBob(8));
    given.archive.amend(List.of(new Deletion(TALK, fromBob(7).id(), BOB, NOW.plusMillis(9))));

    passed(new Gap(TALK, 1, 4), delivery(4, fromBob(10)));

    assertThat(mailbox()).isEqualTo(ids(fromBob(8), fromBob(10)));
  }

  @Test
  void more_than_one_write_takes_comes_a_portion_at_a_time() {
    int portion = UserFixture.SETTINGS.batchEntriesMax();
    archived(fromBobAll(1, portion + 1));
    var gap = new Gap(TALK, 1, portion + 2);
    var behind = delivery(portion + 2, fromBob(portion + 2));

    deliverBehind(gap, behind);
    given.arrivals.expectMessage(new UserReply.Gap(TALK, 1, portion + 2));
    assertThat(mailbox()).isEqualTo(ids(fromBobAll(1, portion)));
    passed(gap, behind);

    assertThat(mailbox()).isEqualTo(ids(fromBobAll(1, portion + 2)));
  }

  @Test
  void what_was_put_in_and_comes_after_all_is_there_once() {
    int portion = UserFixture.SETTINGS.batchEntriesMax();
    archived(fromBobAll(1, portion + 1));
    deliverBehind(new Gap(TALK, 1, portion + 2), delivery(portion + 2, fromBob(portion + 2)));
    given.arrivals.expectMessageClass(UserReply.Gap.class);

    for (long sequence = 1; sequence <= portion + 2; sequence++) {
      given.delivered(sequence);
    }

    assertThat(mailbox()).isEqualTo(ids(fromBobAll(1, portion + 2)));
    assertThat(given.ann.getState().conversations().receivedSequence(TALK)).isEqualTo(portion + 2);
  }

  @Test
  void when_the_archive_cannot_be_read_nothing_is_passed_over() {
    archived(fromBobAll(1, 2));
    given.archive.failNext();
    deliverBehind(new Gap(TALK, 1, 3), delivery(3, fromBob(3)));
    given.arrivals.expectNoMessage(Duration.ofMillis(100));
    assertThat(mailbox()).isEmpty();

    passed(new Gap(TALK, 1, 3), delivery(3, fromBob(3)));
    assertThat(mailbox()).isEqualTo(ids(fromBobAll(1, 3)));
  }

  // Groups.

  private static Message added(long order) {
    var id = said(GROUP, order, BOB).id();
    return Message.notice(id, GROUP, BOB, new GroupNotice.Added(List.of(ANN), 1, "Friends"));
  }

  private static Message[] group(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(order -> said(GROUP, order, order % 2 == 0 ? ANN : BOB))
        .toArray(Message[]::new);
  }

  @Test
  void a_member_gets_all_that_was_said_in_the_group() {
    join();
    archived(group(1, 6));
    archived(group(8, 12));

    passed(new Gap(GROUP, 8, 12), delivery(12, group(12, 12)[0]));

    assertThat(mailbox())
        .startsWith(added(7).id())
        .endsWith(ids(group(8, 12)).toArray(MessageId[]::new));
    assertThat(mailbox()).hasSize(6);
  }

  private void join() {
    given.ann.runCommand(
        new UserCommand.Deliver(
            List.of(new Delivery(ANN, 7, added(7), true)), given.arrivals.ref()));
    given.arrivals.expectMessage(new UserReply.Delivered());
  }

  private static Message removed(long order) {
    var id = said(GROUP, order, BOB).id();
    return Message.notice(id, GROUP, BOB, new GroupNotice.Removed(ANN));
  }

  @Test
  void who_was_removed_in_the_gap_gets_nothing_that_was_said_since() {
    join();
    archived(group(8, 9));
    archived(removed(10));
    archived(group(11, 12));
    archived(added(13));

    passed(new Gap(GROUP, 8, 14), delivery(14, group(14, 14)[0]));

    assertThat(mailbox())
        .containsExactly(
            added(7).id(),
            group(8, 8)[0].id(),
            group(9, 9)[0].id(),
            removed(10).id(),
            group(14, 14)[0].id());
    var visibility = given.ann.getState().visibility(GROUP);
    assertThat(visibility.shows(group(12, 12)[0], ANN)).isFalse();
    assertThat(visibility.shows(group(14, 14)[0], ANN)).isTrue();
  }

  @Test
  void who_comes_back_and_never_heard_that_they_were_gone_sees_nothing_of_between() {
    join();
    given.ann.runCommand(
        new UserCommand.Deliver(
            List.of(new Delivery(ANN, 20, added(20), true)), given.arrivals.ref()));
    given.arrivals.expectMessage(new UserReply.Delivered());

    var visibility = given.ann.getState().visibility(GROUP);
    assertThat(visibility.shows(added(7), ANN)).isTrue();
    assertThat(visibility.shows(group(12, 12)[0], ANN)).isFalse();
    assertThat(visibility.shows(added(20), ANN)).isTrue();
  }

  @Test
  void whose_beginning_in_a_group_was_lost_begins_with_what_comes_next() {
    archived(group(1, 9));

    passed(new Gap(GROUP, 1, 9), delivery(9, group(9, 9)[0]));

    assertThat(mailbox()).isEqualTo(ids(group(9, 9)));
    assertThat(given.ann.getState().conversations().isMember(GROUP)).isTrue();
    var visibility = given.ann.getState().visibility(GROUP);
    assertThat(visibility.shows(group(8, 8)[0], ANN)).isFalse();
    assertThat(visibility.shows(group(9, 9)[0], ANN)).isTrue();
  }
}
