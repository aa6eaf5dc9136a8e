package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.CALLER;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.failureOf;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.Posting;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Entry;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.GroupNotice;
import parley.message.GroupReceipt;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Portion;
import parley.message.Refusal;
import parley.message.UserId;
import parley.push.Notification;
import parley.push.PushSubscription;

/** Ann's actor and a group that the test speaks for. */
class UserGroupTest {

  private static final GroupId GROUP = new GroupId("01M83XJ8BV000YS02XEYJJR9QT");
  private static final ConversationId.Group TALK = new ConversationId.Group(GROUP);
  private static final Duration QUIET = Duration.ofMillis(100);

  private final ActorTestKit kit = ActorTestKit.create(UserFixture.CONFIG);
  private UserFixture given;

  @BeforeEach
  void begin() {
    given = new UserFixture(kit);
    given.register();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static MessageId id(long order) {
    return MessageId.next(MessageId.first(TALK), NOW.plusMillis(order), TALK, ANN);
  }

  private static Message said(long order, UserId by, String name, UserId... mentions) {
    return new Message(
        id(order),
        TALK,
        by,
        new ClientId(name),
        new Content.Text(name),
        Optional.empty(),
        List.of(mentions));
  }

  private void deliver(long sequence, Entry entry) {
    deliver(new Delivery(ANN, sequence, entry));
  }

  private void deliver(Delivery delivery) {
    given.ann.runCommand(new UserCommand.Deliver(List.of(delivery), given.arrivals.ref()));
    given.arrivals.expectMessage(new UserReply.Delivered());
  }

  /** Ann is a member from the seventh place of the group's order on. */
  private void join() {
    var notice = new GroupNotice.Added(List.of(ANN), 1, "Friends");
    deliver(new Delivery(ANN, 7, Message.notice(id(7), TALK, BOB, notice), true));
  }

  private UserCommand.Send send(String name) {
    return given.send(TALK, name, name);
  }

  private GroupCommand.Post posted() {
    return given.groups.expectMessageClass(GroupCommand.Post.class);
  }

  private static void settle(GroupCommand.Post post) {
    post.replyTo().tell(new GroupReply.Posted(Map.of()));
  }

  @Test
  void a_send_is_answered_when_its_own_copy_has_come_back() {
    join();
    given.ann.runCommand(send("hi"));
    var post = posted();
    assertThat(post.by()).isEqualTo(ANN);
    assertThat(post.postings()).extracting(Posting::sequence).containsExactly(1L);
    settle(post);
    given.sends.expectNoMessage(QUIET);

    deliver(8, said(8, ANN, "hi"));

    given.sends.expectMessage(new UserReply.Sent(new ClientId("hi"), id(8), TALK, 2));
    given.ann.runCommand(send("hi"));
    given.sends.expectMessage(new UserReply.Sent(new ClientId("hi"), id(8), TALK, 2));
    given.groups.expectNoMessage(QUIET);
    assertThat(given.unread(0, 10).messages().recent()).isEmpty();
  }

  @Test
  void a_send_is_posted_again_after_a_crash_and_answered_to_its_repeat() {
    join();
    given.ann.runCommand(send("hi"));
    var before = posted();

    given.ann.restart();

    assertThat(posted().postings()).isEqualTo(before.postings());
    given.ann.runCommand(send("hi"));
    deliver(8, said(8, ANN, "hi"));
    given.sends.expectMessage(new UserReply.Sent(new ClientId("hi"), id(8), TALK, 2));
    assertThat(given.ann.getState().postings().size()).isZero();
  }

  @Test
  void what_does_not_come_back_is_posted_again_since_the_group_may_have_gone_down() {
    join();
    given.ann.runCommand(send("hi"));
    var before = posted();
    settle(before);
    given.groups.expectNoMessage(QUIET);

    given.setTime(NOW.plusSeconds(9));

    assertThat(UserFixture.failureOf(given.sends.expectMessageClass(UserReply.NotSent.class)))
        .isEqualTo(Failure.BUSY);
    assertThat(posted().postings()).isEqualTo(before.postings());
  }

  @Test
  void a_group_is_asked_until_others_have_what_this_user_has() {
    join();
    given.ann.runCommand(send("hi"));
    settle(posted());
    deliver(8, said(8, ANN, "hi"));
    given.sends.expectMessageClass(UserReply.Sent.class);

    asked().replyTo().tell(new GroupReply.NotPosted());
    settle(asked());

    given.groups.expectNoMessage(UnfinishedGroups.PAUSE.multipliedBy(2));
  }

  @Test
  void who_wakes_up_asks_the_groups_that_were_spoken_in_last() {
    join();

    given.ann.restart();

    settle(asked());
  }

  /** The group is asked whether it is through. */
  private GroupCommand.Post asked() {
    var patience = UnfinishedGroups.PAUSE.multipliedBy(4).plusSeconds(3);
    var post = given.groups.expectMessageClass(GroupCommand.Post.class, patience);
    assertThat(post.postings()).isEmpty();
    return post;
  }

  @Test
  void a_notice_needs_no_reading_and_may_be_marked_as_read() {
    join();

    assertThat(given.markRead(id(7))).isEqualTo(new UserReply.MarkedRead(id(7), id(7).saidAt()));
  }

  @Test
  void posts_go_one_at_a_time_and_are_repeated_until_answered() {
    join();
    given.ann.runCommand(send("one"));
    var first = posted();
    given.ann.runCommand(send("two"));
    given.ann.runCommand(send("three"));
    given.groups.expectNoMessage(QUIET);

    first.replyTo().tell(new GroupReply.NotPosted());

    var again = posted();
    assertThat(again.postings()).hasSize(3).startsWith(first.postings().getFirst());
    settle(again);
    given.groups.expectNoMessage(QUIET);
  }

  @Test
  void a_refused_post_is_answered_and_takes_no_place() {
    join();
    given.ann.runCommand(send("hi"));
    var refusal = new Refusal(Failure.NOT_A_MEMBER, "Removed");
    posted().replyTo().tell(new GroupReply.Posted(Map.of(1L, refusal)));

    given.sends.expectMessage(new UserReply.NotSent(new ClientId("hi"), refusal));

    given.ann.runCommand(send("hi"));
    assertThat(posted().postings()).extracting(Posting::sequence).containsExactly(2L);
  }

  @Test
  void what_was_refused_unheard_is_over_when_something_later_comes_back() {
    join();
    given.ann.runCommand(send("refused"));
    given.ann.runCommand(send("taken"));
    posted();

    given.ann.restart();
    given.ann.runCommand(send("refused"));
    settle(posted());
    deliver(8, said(8, ANN, "taken"));

    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.NOT_ALLOWED);
    assertThat(given.ann.getState().postings().size()).isZero();
  }

  @Test
  void a_client_id_names_one_message_also_on_its_way_to_a_group() {
    join();
    given.ann.runCommand(send("hi"));
    posted();

    given.ann.runCommand(given.send(TALK, "hi", "something else"));
    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.CLIENT_ID_REUSED);
    given.ann.runCommand(given.send("hi", "to bob"));
    assertThat(failureOf(given.sends.receiveMessage())).isEqualTo(Failure.CLIENT_ID_REUSED);
  }

  @Test
  void a_group_that_does_not_answer_holds_up_nobody_else() throws InterruptedException {
    join();
    given.ann.runCommand(send("hi"));
    posted();

    assertThat(given.sent("direct", "hello bob")).isInstanceOf(UserReply.Sent.class);
  }

  @Test
  void who_has_just_joined_may_send_before_they_hear_of_it() {
    given.ann.runCommand(send("hi"));
    given
        .groups
        .expectMessageClass(GroupCommand.GetStanding.class)
        .replyTo()
        .tell(GroupReply.Standing.MEMBER);

    assertThat(posted().postings()).hasSize(1);
  }

  @Test
  void a_gap_in_a_group_is_refused_but_for_ones_own_coming() {
    join();
    given.ann.runCommand(
        new UserCommand.Deliver(
            List.of(new Delivery(ANN, 9, said(9, BOB, "late"))), given.arrivals.ref()));

    given.arrivals.expectMessage(new UserReply.Gap(TALK, 8, 9));
  }

  @Test
  void mentions_are_counted_until_they_are_read() {
    join();
    deliver(8, said(8, BOB, "look", ANN));
    deliver(9, said(9, BOB, "and you", new UserId("cid")));
    assertThat(info().unread()).isEqualTo(2);
    assertThat(info().mentions()).isEqualTo(1);
    assertThat(info().title()).contains("Friends");

    given.markRead(id(8));

    assertThat(info().unread()).isEqualTo(1);
    assertThat(info().mentions()).isZero();
  }

  private UserReply.ConversationInfo info() {
    var list =
        given.<UserReply.ToGetConversations>ask(
            replyTo -> new UserCommand.GetConversations(CALLER, Optional.empty(), 10, replyTo));
    return ((UserReply.ConversationList) list).conversations().getFirst();
  }

  @Test
  void a_group_is_told_how_far_the_user_has_got_until_it_knows() {
    join();
    deliver(8, said(8, BOB, "hi"));
    given.markRead(id(8));
    var mark = given.groups.expectMessageClass(GroupCommand.Mark.class);
    assertThat(mark.read()).contains(id(8));

    given.ann.restart();

    var again = given.groups.expectMessageClass(GroupCommand.Mark.class);
    assertThat(again.read()).contains(id(8));
    again.replyTo().tell(new GroupReply.Marked());
    given.groups.awaitAssert(() -> assertThat(given.ann.getState().receipts().areOwed()).isFalse());
  }

  @Test
  void receipts_of_a_group_count_once_and_may_have_gaps() {
    join();
    deliver(8, said(8, ANN, "hi"));
    var receipt = new GroupReceipt(TALK, Optional.of(id(8)), Optional.empty());
    deliver(20, receipt);
    deliver(20, receipt);
    deliver(31, new GroupReceipt(TALK, Optional.of(id(8)), Optional.of(id(8))));

    assertThat(given.ann.getState().mailbox().latest()).isEqualTo(4);
    var found = (UserReply.Found) given.get(id(8));
    assertThat(found.status()).contains(UserReply.Status.READ);
    assertThat(given.ann.getState().conversations().receivedSequence(TALK)).isEqualTo(8);
  }

  @Test
  void what_a_blocked_member_says_in_a_group_is_shown() {
    join();
    given.block(BOB);
    deliver(8, said(8, BOB, "hi"));

    assertThat(given.get(id(8))).isInstanceOf(UserReply.Found.class);
  }

  @Test
  void a_conversation_stays_as_it_was_arranged() {
    join();
    var until = Instant.parse("2026-12-24T18:00:00Z");
    arrange(Optional.of(until), Optional.of(true), Optional.empty());
    given.ann.restart();
    assertThat(info().arrangement())
        .isEqualTo(new UserReply.Arrangement(Optional.of(until), true, false));

    arrange(Optional.of(Instant.EPOCH), Optional.empty(), Optional.of(true));
    assertThat(info().arrangement())
        .isEqualTo(new UserReply.Arrangement(Optional.empty(), true, true));
  }

  private void arrange(
      Optional<Instant> mutedUntil, Optional<Boolean> pinned, Optional<Boolean> archived) {
    assertThat(
            given.<UserReply.ToArrange>ask(replyTo ->
                new UserCommand.Arrange(CALLER, TALK, mutedUntil, pinned, archived, replyTo)))
        .isInstanceOf(UserReply.Arranged.class);
  }

  @Test
  void of_a_muted_group_a_device_is_told_what_mentions_its_user() throws Exception {
    join();
    given.<UserReply.ToSignIn>ask(replyTo ->
        new UserCommand.SignIn(
            CALLER.device(),
            "phone",
            CALLER.session(),
            new UserCommand.RefreshToken("hash", NOW.plus(Duration.ofDays(1))),
            replyTo));
    var device = new PushSubscription("https://push.example.com/1", "key", "auth");
    given.<UserReply.ToChangePush>ask(replyTo -> new UserCommand.PutPush(CALLER, device, replyTo));
    arrange(Optional.of(NOW.plus(Duration.ofDays(1))), Optional.empty(), Optional.empty());

    deliver(8, said(8, BOB, "hi"));
    assertThat(given.pushes.hasNext()).isFalse();

    deliver(9, said(9, BOB, "look", ANN));
    deliver(10, said(10, BOB, "or not"));
    assertThat(given.pushes.next().what())
        .isEqualTo(
            new Notification(
                TALK, id(9), BOB, Optional.empty(), Optional.of("Friends"), Optional.of("look")));
    assertThat(given.pushes.hasNext()).isFalse();
  }

  @Test
  void a_snapshot_keeps_what_is_known_of_groups() {
    join();
    given.ann.runCommand(send("hi"));
    posted();
    for (int order = 8; order < 30; order++) {
      deliver(order, said(order, BOB, "no. " + order, ANN));
    }
    var before = given.ann.getState().toSnapshot();

    given.ann.restart();

    assertThat(given.ann.getState().toSnapshot()).usingRecursiveComparison().isEqualTo(before);
    assertThat(info().mentions()).isEqualTo(22);
    assertThat(posted().postings()).hasSize(1);
  }

  @Test
  void a_post_says_no_more_than_fits_between_nodes() {
    join();
    for (int i = 0; i < 5; i++) {
      given.ann.runCommand(given.send(TALK, "c" + i, "x".repeat(Content.SIZE_BYTES_MAX)));
    }
    // Nobody answers, until as many have come together as are posted at a time.
    var next = posted();
    while (next.postings().size() < 4) {
      next = posted();
    }
    assertThat(next.postings().stream().mapToInt(Posting::sizeBytes).sum())
        .isEqualTo(Portion.BYTES_MAX);
    settle(next);
    assertThat(posted().postings()).extracting(Posting::sequence).containsExactly(5L);
  }

  @Test
  void how_far_a_device_is_meanwhile_is_told_once_the_group_has_answered() {
    join();
    deliver(8, said(8, BOB, "one"));
    deliver(9, said(9, BOB, "two"));
    deliver(10, said(10, BOB, "three"));
    given.acknowledge(CALLER, 2, Map.of(TALK, id(8)));
    var first = given.groups.expectMessageClass(GroupCommand.Mark.class);
    assertThat(first.delivered()).contains(id(8));
    given.acknowledge(CALLER, 3, Map.of(TALK, id(9)));
    given.groups.awaitAssert(
        () -> assertThat(given.ann.getState().devices().acknowledged()).containsValue(3L));

    first.replyTo().tell(new GroupReply.Marked());

    var second = given.groups.expectMessageClass(GroupCommand.Mark.class);
    assertThat(second.delivered()).contains(id(9));
  }
}
