package parley.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.group.GroupFixture.ANN;
import static parley.group.GroupFixture.BOB;
import static parley.group.GroupFixture.ID;
import static parley.group.GroupFixture.NOW;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.SerializationTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.GroupRules;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.Role;
import parley.message.SessionId;
import parley.user.UserCommand;

/** What a group is asked and answers, from one node to another. */
class GroupCommandTest {

  private static ActorTestKit kit;

  @BeforeAll
  static void start() {
    kit = ActorTestKit.create(GroupFixture.CONFIG);
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private static void crosses(Object message) {
    var nodes = new SerializationTestKit(kit.system());

    assertThat(nodes.verifySerialization(message, true)).isEqualTo(message);
  }

  @Test
  void a_question_crosses_on_its_way_to_the_user_and_to_the_group() {
    TestProbe<GroupReply.ToChangeMember> probe = kit.createTestProbe();
    var put = new GroupCommand.PutMember(ANN, BOB, Optional.of(Role.ADMIN), probe.ref());
    var caller = new Caller(ANN, new DeviceId("phone"), new SessionId("s1"));

    crosses(put);
    crosses(new UserCommand.InGroup(caller, ID, put));
  }

  @Test
  void an_invite_crosses_with_its_token() {
    TestProbe<GroupReply.ToDescribe> probe = kit.createTestProbe();
    var token = InviteToken.random(ID);

    crosses(new GroupCommand.Join(BOB, token, probe.ref()));
    crosses(
        new GroupReply.Invited(
            new GroupReply.InviteInfo("i1", ANN, NOW, NOW.plus(Duration.ofDays(1)), 3), token));
  }

  @Test
  void posts_and_marks_and_their_answers_cross() {
    TestProbe<GroupReply.ToPost> posts = kit.createTestProbe();
    TestProbe<GroupReply.Marked> marks = kit.createTestProbe();
    var id = MessageId.first(GroupFixture.TALK);

    crosses(new GroupCommand.Post(ANN, List.of(GroupFixture.saying(1, "hi")), posts.ref()));
    crosses(new GroupReply.Posted(Map.of(1L, new Refusal(Failure.NOT_A_MEMBER, "Removed"))));
    crosses(new GroupReply.NotPosted());
    crosses(new GroupCommand.Mark(ANN, Optional.of(id), Optional.empty(), marks.ref()));
    crosses(new GroupReply.Marked());
    crosses(GroupReply.Standing.MEMBER);
  }

  @Test
  void a_description_crosses() {
    crosses(
        new GroupReply.Description(
            ID, "Friends", "", Optional.empty(), GroupRules.DEFAULT, ANN, NOW, 3, Role.OWNER));
  }
}
