package parley.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.group.GroupFixture.ANN;
import static parley.group.GroupFixture.BOB;
import static parley.group.GroupFixture.CID;
import static parley.group.GroupFixture.EVE;
import static parley.group.GroupFixture.NOW;
import static parley.group.GroupFixture.TALK;
import static parley.group.GroupFixture.failureOf;
import static parley.group.GroupFixture.saying;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.message.Amendment;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Failure;
import parley.message.GroupNotice;
import parley.message.GroupRules;
import parley.message.GroupRules.Who;
import parley.message.MessageId;
import parley.message.Role;
import parley.message.UserId;

/** A group's actor: who may do what, and what it takes from whom. */
class GroupTest {

  private final ActorTestKit kit = ActorTestKit.create(GroupFixture.CONFIG);
  private GroupFixture given;
  private TestProbe<GroupReply.ToPost> posted;

  @BeforeEach
  void begin() {
    given = new GroupFixture(kit);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void who_makes_it_owns_it_and_a_repeat_changes_nothing() {
    var made = (GroupReply.Description) given.create(BOB, CID);

    assertThat(made.title()).isEqualTo("Friends");
    assertThat(made.members()).isEqualTo(3);
    assertThat(made.role()).isEqualTo(Role.OWNER);
    assertThat(given.create(BOB)).isEqualTo(made);
    assertThat(given.role(BOB)).contains(Role.MEMBER);
  }

  @Test
  void too_many_members_are_refused() {
    var many = new UserId[] {BOB, CID, EVE, new UserId("fay"), new UserId("gus")};
    assertThat(failureOf(given.create(many))).isEqualTo(Failure.GROUP_FULL);

    given.create(BOB, CID, EVE, new UserId("fay"));
    assertThat(failureOf(given.put(ANN, new UserId("gus"), Optional.empty())))
        .isEqualTo(Failure.GROUP_FULL);
  }

  @Test
  void where_there_is_no_group_there_is_nothing() {
    assertThat(failureOf(given.describe(ANN))).isEqualTo(Failure.NOT_FOUND);
    assertThat(failureOf(given.post(ANN, saying(1, "hi")))).isEqualTo(Failure.UNKNOWN_RECIPIENT);
    assertThat(given.<GroupReply.Standing>ask(it -> new GroupCommand.GetStanding(ANN, it)))
        .isEqualTo(GroupReply.Standing.NO_GROUP);
  }

  @Test
  void who_is_not_a_member_is_told_nothing() {
    given.create(BOB);

    assertThat(failureOf(given.describe(EVE))).isEqualTo(Failure.NOT_A_MEMBER);
    assertThat(failureOf(given.put(EVE, EVE, Optional.empty()))).isEqualTo(Failure.NOT_A_MEMBER);
    assertThat(failureOf(given.post(EVE, saying(1, "hi")))).isEqualTo(Failure.NOT_A_MEMBER);
  }

  @Test
  void what_was_posted_before_is_not_taken_again() {
    given.create(BOB);
    given.post(BOB, saying(1, "one"), saying(2, "two"));
    long last = given.group.getState().out().last();

    assertThat(given.post(BOB, saying(1, "one"), saying(2, "two"), saying(3, "three")))
        .isEqualTo(new GroupReply.Posted(Map.of()));

    assertThat(given.group.getState().out().last()).isEqualTo(last + 1);
    given.group.restart();
    given.post(BOB, saying(3, "three"));
    assertThat(given.group.getState().out().last()).isEqualTo(last + 1);
  }

  @Test
  void what_was_posted_before_a_removal_is_not_taken_after_the_return() {
    given.create(BOB);
    given.post(BOB, saying(1, "one"));
    given.remove(ANN, BOB);
    assertThat(failureOf(given.post(BOB, saying(2, "two")))).isEqualTo(Failure.NOT_A_MEMBER);
    given.put(ANN, BOB, Optional.empty());
    long last = given.group.getState().out().last();

    given.post(BOB, saying(1, "one"));

    assertThat(given.group.getState().out().last()).isEqualTo(last);
  }

  @Test
  void only_admins_post_in_an_announcement_group() {
    given.create(new GroupRules(Who.ADMINS, Who.ADMINS, Who.ADMINS), BOB);

    assertThat(failureOf(given.post(BOB, saying(1, "hi")))).isEqualTo(Failure.NOT_ALLOWED);
    assertThat(given.post(ANN, saying(1, "hear!"))).isEqualTo(new GroupReply.Posted(Map.of()));
  }

  @Test
  void nobody_can_say_what_only_groups_say() {
    given.create(BOB);
    var forged =
        new Posting.Saying(
            1, new ClientId("c"), new GroupNotice.Removed(ANN), Optional.empty(), List.of());

    assertThat(failureOf(given.post(BOB, forged))).isEqualTo(Failure.NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource({"ann, true", "bob, true", "cid, false"})
  void admins_delete_what_others_said(String by, boolean allowed) {
    given.create(BOB, CID, EVE);
    given.put(ANN, BOB, Optional.of(Role.ADMIN));
    given.post(EVE, saying(1, "hi"));
    var message = given.latest().id();
    var deletion = new Deletion(TALK, message, new UserId(by), NOW);

    var answer = (GroupReply.Posted) given.post(new UserId(by), amending(1, deletion));

    assertThat(answer.refused().isEmpty()).isEqualTo(allowed);
  }

  private static Posting amending(long sequence, Amendment amendment) {
    return new Posting.Amending(sequence, amendment, EVE);
  }

  @Test
  void nobody_edits_what_another_said_or_in_anothers_name() {
    given.create(BOB, EVE);
    given.post(EVE, saying(1, "hi"));
    var message = given.latest().id();

    var own = new Edit(TALK, message, ANN, new Content.Text("ho"), NOW);
    assertThat(failureOf(given.post(ANN, amending(1, own)))).isEqualTo(Failure.NOT_ALLOWED);
    var others = new Edit(TALK, message, EVE, new Content.Text("ho"), NOW);
    assertThat(failureOf(given.post(ANN, amending(1, others)))).isEqualTo(Failure.NOT_ALLOWED);
  }

  @Test
  void the_last_owner_who_leaves_hands_it_on() {
    given.create(BOB, CID, EVE);
    given.put(ANN, CID, Optional.of(Role.ADMIN));

    given.remove(ANN, ANN);

    assertThat(given.role(ANN)).isEmpty();
    assertThat(given.role(CID)).contains(Role.OWNER);
    assertThat(given.latest().content()).isEqualTo(new GroupNotice.RoleChanged(CID, Role.OWNER));
    given.remove(CID, CID);
    assertThat(given.role(BOB)).contains(Role.OWNER);
  }

  @Test
  void the_last_owner_stays_one_who_stays() {
    given.create(BOB);

    assertThat(failureOf(given.put(ANN, ANN, Optional.of(Role.MEMBER))))
        .isEqualTo(Failure.NOT_ALLOWED);
    given.put(ANN, BOB, Optional.of(Role.OWNER));
    given.put(ANN, ANN, Optional.of(Role.MEMBER));
    assertThat(given.role(ANN)).contains(Role.MEMBER);
  }

  @Test
  void what_the_group_is_called_changes_by_a_notice_each() {
    given.create(BOB);
    GroupReply.ToDescribe changed =
        given.ask(replyTo ->
            new GroupCommand.Change(
                ANN,
                Optional.of("Foes"),
                Optional.of("No more friends"),
                Optional.of("media:1"),
                Optional.of(new GroupRules(Who.ADMINS, Who.ALL, Who.ALL)),
                replyTo));

    var description = (GroupReply.Description) changed;
    assertThat(description.title()).isEqualTo("Foes");
    assertThat(description.description()).isEqualTo("No more friends");
    assertThat(description.picture()).contains("media:1");
    assertThat(description.rules().post()).isEqualTo(Who.ADMINS);
    given.group.restart();
    assertThat(given.describe(ANN)).isEqualTo(description);
  }

  @Test
  void an_invite_lets_in_as_many_as_it_says_for_as_long_as_it_says() {
    given.create(BOB);
    var invited = invite(Duration.ofHours(1), 1);

    assertThat(join(EVE, invited.token())).isInstanceOf(GroupReply.Description.class);
    assertThat(failureOf(join(CID, invited.token()))).isEqualTo(Failure.NOT_FOUND);

    var second = invite(Duration.ofHours(1), 5);
    given.setTime(NOW.plus(Duration.ofHours(2)));
    assertThat(failureOf(join(CID, second.token()))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void a_revoked_invite_lets_nobody_in() {
    given.create(BOB);
    var invited = invite(Duration.ofHours(1), 5);
    given.<GroupReply.ToRevoke>ask(it -> new GroupCommand.Revoke(ANN, invited.invite().id(), it));

    assertThat(failureOf(join(CID, invited.token()))).isEqualTo(Failure.NOT_FOUND);
  }

  @Test
  void the_secret_of_an_invite_is_not_kept() {
    given.create(BOB);
    var invited = invite(Duration.ofHours(1), 5);

    assertThat(given.group.getState().toSnapshot().invites())
        .noneMatch(it -> it.hash().contains(invited.token().secret()));
    assertThat(invited.toString()).doesNotContain(invited.token().secret());
    assertThat(InviteToken.parse(invited.token().text())).isEqualTo(invited.token());
  }

  private GroupReply.Invited invite(Duration lifetime, int uses) {
    GroupReply.ToInvite answer = given.ask(it -> new GroupCommand.Invite(ANN, lifetime, uses, it));
    return (GroupReply.Invited) answer;
  }

  private GroupReply.ToDescribe join(UserId user, InviteToken token) {
    return given.ask(it -> new GroupCommand.Join(user, token, it));
  }

  @Test
  void a_group_that_everyone_left_is_gone_after_a_while_and_never_made_again() {
    given.create(BOB);
    given.post(BOB, saying(1, "hi"));
    var message = given.latest().id();
    given.remove(BOB, BOB);
    given.remove(ANN, ANN);
    given.setTime(NOW.plus(Duration.ofDays(29)));
    assertThat(receipts(message)).isInstanceOf(GroupReply.ReceiptPage.class);

    given.setTime(NOW.plus(Duration.ofDays(31)));

    assertThat(failureOf(receipts(message))).isEqualTo(Failure.NOT_FOUND);
    assertThat(failureOf(given.create(BOB))).isEqualTo(Failure.NOT_FOUND);
    given.group.restart();
    assertThat(failureOf(given.create(BOB))).isEqualTo(Failure.NOT_FOUND);
    assertThat(given.group.getState().toSnapshot().members()).isEmpty();
  }

  @Test
  void who_left_stays_listed_with_what_they_had_and_not_for_what_was_said_later() {
    given.create(BOB, CID);
    given.post(BOB, saying(1, "hi"));
    var before = given.latest().id();
    given.<GroupReply.Marked>ask(
        it -> new GroupCommand.Mark(CID, Optional.of(before), Optional.empty(), it));
    given.remove(CID, CID);
    given.post(BOB, saying(2, "gone?"));
    var after = given.latest().id();

    assertThat(((GroupReply.ReceiptPage) receipts(before)).receipts())
        .containsExactly(
            new GroupReply.MemberReceipt(ANN, false, false, false),
            new GroupReply.MemberReceipt(CID, true, false, true));
    assertThat(((GroupReply.ReceiptPage) receipts(after)).receipts())
        .extracting(GroupReply.MemberReceipt::user)
        .containsExactly(ANN);
  }

  private GroupReply.ToGetReceipts receipts(MessageId message) {
    return given.ask(it -> new GroupCommand.GetReceipts(BOB, message, Optional.empty(), 10, it));
  }

  @Test
  void typing_is_shown_in_small_groups() {
    given.create(BOB, CID);
    assertThat(given.<GroupReply.ToGetAudience>ask(it -> new GroupCommand.GetAudience(ANN, it)))
        .isEqualTo(new GroupReply.Audience(List.of(BOB, CID)));

    given.put(ANN, EVE, Optional.empty());
    assertThat(given.<GroupReply.ToGetAudience>ask(it -> new GroupCommand.GetAudience(ANN, it)))
        .isEqualTo(new GroupReply.Audience(List.of()));
  }

  // Failed writes, and going to sleep.

  @Test
  void a_batch_of_before_a_failed_write_says_nothing_of_the_one_after() throws Exception {
    var reference = handingOver();
    var before = given.distributor.next();
    reference.tell(new GroupCommand.Post(BOB, List.of(saying(2, "two")), posted.ref()));
    posted.receiveSeveralMessages(2);
    given.failNextWrite();
    reference.tell(new GroupCommand.Post(ANN, List.of(saying(1, "three")), posted.ref()));
    var after = given.distributor.next();

    before.succeed();
    after.fail();

    assertThat(given.distributor.next().batch()).isEqualTo(after.batch());
  }

  @Test
  void a_stop_does_not_wait_for_ever_not_even_after_a_failed_write() throws Exception {
    var reference = handingOver();
    given.distributor.next();
    reference.tell(GroupCommand.Stop.INSTANCE);
    given.failNextWrite();

    reference.tell(new GroupCommand.Post(ANN, List.of(saying(1, "two")), posted.ref()));

    kit.createTestProbe().expectTerminated(reference, Duration.ofSeconds(4));
  }

  /** The actor of a group in which Bob has said something that is on its way. */
  private ActorRef<GroupCommand> handingOver() {
    given.create(BOB);
    given.distributor.forget();
    given.distributor.succeedNoMore();
    var reference = given.spawn();
    posted = kit.createTestProbe();
    reference.tell(new GroupCommand.Post(BOB, List.of(saying(1, "one")), posted.ref()));
    return reference;
  }
}
