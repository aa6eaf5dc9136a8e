package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.Chat.ANN;
import static parley.http.Chat.BEN;
import static parley.http.Chat.TEN;
import static parley.http.ProblemAssert.assertProblem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.InviteToken;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.GroupRules;
import parley.message.Refusal;
import parley.message.Role;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;

/** Groups over REST; what is asked of them goes by way of the caller's own actor. */
class GroupRoutesTest {

  private static final GroupId GROUP = new GroupId("01K9Z3T1M0QXW5V7R2N8J4H6FD");
  private static final String PATH = "/groups/" + GROUP;
  private static final GroupReply.Refused NOT_ALLOWED =
      new GroupReply.Refused(new Refusal(Failure.NOT_ALLOWED, "Not yours to do"));
  private static final GroupReply.InviteInfo INVITE =
      new GroupReply.InviteInfo("i-1", ANN, TEN, TEN.plus(Duration.ofDays(7)), 100);

  private static final RestServer server = new RestServer();

  private UserCommand.InGroup asked;

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void a_group_of_two() {
    server.reset();
    server.when(
        UserCommand.GetExistence.class, get -> get.replyTo().tell(new UserReply.Existence(true)));
    whenAsked(this::asAMemberIsAnswered);
  }

  private void whenAsked(Consumer<GroupCommand.Asked> answer) {
    server.when(
        UserCommand.InGroup.class,
        it -> {
          asked = it;
          answer.accept(it.asked());
        });
  }

  private void asAMemberIsAnswered(GroupCommand.Asked question) {
    switch (question) {
      case GroupCommand.Create create -> create.replyTo().tell(description());
      case GroupCommand.Describe describe -> describe.replyTo().tell(description());
      case GroupCommand.Change change -> change.replyTo().tell(description());
      case GroupCommand.Join join -> join.replyTo().tell(description());
      case GroupCommand.GetMembers get -> get.replyTo().tell(members(false));
      case GroupCommand.PutMember put ->
          put.replyTo()
              .tell(
                  new GroupReply.MemberChanged(
                      put.member(), true, Optional.of(put.role().orElse(Role.MEMBER))));
      case GroupCommand.RemoveMember remove ->
          remove
              .replyTo()
              .tell(new GroupReply.MemberChanged(remove.member(), false, Optional.empty()));
      case GroupCommand.Delete delete -> delete.replyTo().tell(new GroupReply.Deleted());
      case GroupCommand.Invite invite ->
          invite.replyTo().tell(new GroupReply.Invited(INVITE, new InviteToken(GROUP, "secret")));
      case GroupCommand.GetInvites get ->
          get.replyTo().tell(new GroupReply.InviteList(List.of(INVITE)));
      case GroupCommand.Revoke revoke -> revoke.replyTo().tell(new GroupReply.Revoked());
      default -> throw new AssertionError("Not expected: " + question);
    }
  }

  private static GroupReply.Description description() {
    return new GroupReply.Description(
        GROUP, "Tea", "At five", Optional.empty(), GroupRules.DEFAULT, ANN, TEN, 2, Role.OWNER);
  }

  private static GroupReply.MemberPage members(boolean more) {
    return new GroupReply.MemberPage(
        List.of(
            new GroupReply.MemberInfo(ANN, Role.OWNER, TEN),
            new GroupReply.MemberInfo(BEN, Role.MEMBER, TEN)),
        more);
  }

  @Test
  void a_group_is_made_with_its_members() {
    whenAsked(question -> {
      if (question instanceof GroupCommand.Create create) {
        assertThat(create.title()).isEqualTo("Tea");
        assertThat(create.members()).containsExactly(BEN);
        assertThat(create.rules().post()).isEqualTo(GroupRules.Who.ADMINS);
        assertThat(create.rules().edit()).isEqualTo(GroupRules.DEFAULT.edit());
      }
      asAMemberIsAnswered(question);
    });

    var answer =
        server.asAnn(
            "POST",
            "/groups",
            "{\"title\":\"Tea\",\"members\":[\"ben\",\"ann\",\"ben\"],\"policy\":{\"post\":\"admins\"}}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Location"))
        .hasValueSatisfying(it -> assertThat(it).startsWith("/groups/"));
    assertThat(answer.body())
        .isEqualTo(
            ("{'id':'01K9Z3T1M0QXW5V7R2N8J4H6FD','conversation':'group:01K9Z3T1M0QXW5V7R2N8J4H6FD',"
                    + "'title':'Tea','description':'At five',"
                    + "'policy':{'post':'all','add':'admins','edit':'admins'},"
                    + "'createdBy':'ann','createdAt':'2026-11-23T10:00:00.000Z','memberCount':2,"
                    + "'role':'owner','members':["
                    + "{'userId':'ann','role':'owner','joinedAt':'2026-11-23T10:00:00.000Z'},"
                    + "{'userId':'ben','role':'member','joinedAt':'2026-11-23T10:00:00.000Z'}]}")
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | MISSING_FIELD | title",
        "{\"title\":\" \"} | MALFORMED_FIELD | title",
        "{\"title\":\"T\",\"members\":\"ben\"} | MALFORMED_FIELD | members",
        "{\"title\":\"T\",\"members\":[7]} | MALFORMED_FIELD | members",
        "{\"title\":\"T\",\"members\":[\"BEN\"]} | MALFORMED_FIELD | members",
        "{\"title\":\"T\",\"policy\":{\"post\":\"nobody\"}} | MALFORMED_FIELD | all, admins",
      })
  void what_makes_no_group_is_refused_by_its_field(String body, Failure failure, String detail) {
    assertProblem(server.asAnn("POST", "/groups", body), failure, detail);
  }

  @Test
  void members_must_be_users() {
    server.when(
        UserCommand.GetExistence.class, get -> get.replyTo().tell(new UserReply.Existence(false)));

    assertProblem(
        server.asAnn("POST", "/groups", "{\"title\":\"T\",\"members\":[\"cid\",\"ben\"]}"),
        Failure.UNKNOWN_RECIPIENT,
        "ben, cid");
    assertProblem(server.asAnn("PUT", PATH + "/members/cid", ""), Failure.UNKNOWN_RECIPIENT, "cid");
  }

  @Test
  void a_group_is_found_by_its_id_or_its_conversation() {
    assertThat(server.asAnn("GET", PATH, "").statusCode()).isEqualTo(200);
    assertThat(server.asAnn("GET", "/groups/group:" + GROUP, "").statusCode()).isEqualTo(200);
    assertThat(asked.group()).isEqualTo(GROUP);
    assertProblem(server.asAnn("GET", "/groups/x", ""), Failure.NOT_FOUND, "group");
  }

  @Test
  void what_the_group_refuses_is_a_problem() {
    whenAsked(question -> question.replyTo().tell(NOT_ALLOWED));

    for (var call :
        Map.of("GET", PATH, "DELETE", PATH, "POST", PATH + "/invites", "PUT", PATH + "/members/ben")
            .entrySet()) {
      assertProblem(
          server.asAnn(call.getKey(), call.getValue(), ""), Failure.NOT_ALLOWED, "Not yours");
    }
    assertProblem(
        server.asAnn("PATCH", PATH, "{\"title\":\"T\"}"), Failure.NOT_ALLOWED, "Not yours");
  }

  @Test
  void a_change_says_what_it_changes_and_a_policy_is_whole() {
    assertThat(server.asAnn("PATCH", PATH, "{\"picture\":\"\"}").statusCode()).isEqualTo(200);
    assertProblem(server.asAnn("PATCH", PATH, "{}"), Failure.MISSING_FIELD, "title");
    assertProblem(
        server.asAnn("PATCH", PATH, "{\"policy\":{\"post\":\"all\"}}"),
        Failure.MISSING_FIELD,
        "policy.add");
  }

  @Test
  void members_are_paged_by_user_id() {
    whenAsked(question -> {
      var get = (GroupCommand.GetMembers) question;
      assertThat(get.after()).contains(new UserId("al"));
      assertThat(get.limit()).isEqualTo(2);
      get.replyTo().tell(members(true));
    });

    var answer = server.asAnn("GET", PATH + "/members?after=al&limit=2", "");

    assertThat(answer.body()).startsWith("[{\"userId\":\"ann\",\"role\":\"owner\"");
    assertThat(answer.headers().firstValue("Link"))
        .contains("<" + PATH + "/members?after=ben&limit=2>; rel=\"next\"");
  }

  @Test
  void a_member_is_put_with_a_role_and_removed() {
    var added = server.asAnn("PUT", PATH + "/members/ben", "{\"role\":\"admin\"}");

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body()).isEqualTo("{\"userId\":\"ben\",\"role\":\"admin\"}");
    assertProblem(
        server.asAnn("PUT", PATH + "/members/ben", "{\"role\":\"king\"}"),
        Failure.MALFORMED_FIELD,
        "owner, admin, member");
    assertThat(server.asAnn("DELETE", PATH + "/members/ben", "").statusCode()).isEqualTo(204);
    assertThat(server.asAnn("DELETE", PATH, "").statusCode()).isEqualTo(204);
  }

  @Test
  void an_invite_tells_its_token_once() {
    var made = server.asAnn("POST", PATH + "/invites", "{\"expiresInSeconds\":60,\"maxUses\":1}");

    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.body()).contains("\"token\":\"" + GROUP + ".secret\"");
    assertThat(((GroupCommand.Invite) asked.asked()).lifetime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(server.asAnn("GET", PATH + "/invites", "").body())
        .startsWith("[{\"id\":\"i-1\",\"createdBy\"");
    assertThat(server.asAnn("DELETE", PATH + "/invites/i-1", "").statusCode()).isEqualTo(204);
    assertProblem(
        server.asAnn("POST", PATH + "/invites", "{\"maxUses\":0}"),
        Failure.MALFORMED_FIELD,
        "maxUses");
  }

  @Test
  void whoever_has_a_token_joins_its_group() {
    var joined = server.asAnn("POST", "/invites/" + GROUP + ".secret", "");

    assertThat(joined.statusCode()).isEqualTo(200);
    assertThat(asked.group()).isEqualTo(GROUP);
    assertProblem(server.asAnn("POST", "/invites/x", ""), Failure.NOT_FOUND, "invite");
  }

  @Test
  void too_many_members_are_refused_before_anybody_is_asked() {
    var members =
        IntStream.range(0, RestServer.GROUP_MEMBERS_MAX)
            .mapToObj(i -> "\"user" + i + "\"")
            .collect(Collectors.joining(",", "[", "]"));

    var answer = server.asAnn("POST", "/groups", "{\"title\":\"T\",\"members\":" + members + "}");

    assertProblem(answer, Failure.GROUP_FULL, "10 members");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void a_group_that_is_not_made_has_no_place() {
    var refusal = new Refusal(Failure.GROUP_FULL, "The group has as many members as it may");
    whenAsked(question ->
        ((GroupCommand.Create) question).replyTo().tell(new GroupReply.Refused(refusal)));

    var answer = server.asAnn("POST", "/groups", "{\"title\":\"T\",\"members\":[\"ben\"]}");

    assertProblem(answer, Failure.GROUP_FULL, "");
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }
}
