package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.Chat.ANN;
import static parley.http.Chat.BEN;
import static parley.http.Chat.TEN;
import static parley.http.Chat.id;
import static parley.http.Chat.message;
import static parley.http.ProblemAssert.assertProblem;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.UserReply.Status;

/** Who has a message, and who has read it. */
class ReceiptRoutesTest {

  private static final ConversationId.Group GROUP =
      new ConversationId.Group(new GroupId("01K9Z3T1M0QXW5V7R2N8J4H6FD"));
  private static final MessageId POST_ID = MessageId.next(MessageId.first(GROUP), TEN, GROUP, ANN);
  private static final String RECEIPTS = "/messages/" + POST_ID + "/receipts";

  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void nothing_is_known() {
    server.reset();
  }

  private static void whenFound(Message message, Status status) {
    var found = new UserReply.Found(1, message, true, Optional.of(status));
    server.when(UserCommand.GetMessage.class, get -> get.replyTo().tell(found));
  }

  private static Message post() {
    return new Message(
        POST_ID, GROUP, ANN, new ClientId("c"), new Content.Text("hi"), Optional.empty());
  }

  @Test
  void of_two_the_other_one_has_it() {
    whenFound(message(1, ANN), Status.DELIVERED);

    assertThat(server.asAnn("GET", "/messages/" + id(1, ANN) + "/receipts", "").body())
        .isEqualTo("[{\"userId\":\"ben\",\"delivered\":true,\"read\":false,\"left\":false}]");
    assertThat(server.asAnn("GET", "/messages/" + id(1, ANN) + "/receipts?after=ben", "").body())
        .isEqualTo("[]");
  }

  @Test
  void only_the_sender_sees_who_has_it() {
    whenFound(message(1, BEN), Status.SENT);

    assertProblem(
        server.asAnn("GET", "/messages/" + id(1, BEN) + "/receipts", ""),
        Failure.NOT_ALLOWED,
        "sender");
  }

  @Test
  void in_a_group_its_members_are_paged() {
    whenFound(post(), Status.READ);
    var page =
        new GroupReply.ReceiptPage(
            List.of(
                new GroupReply.MemberReceipt(BEN, true, true, false),
                new GroupReply.MemberReceipt(new UserId("cid"), true, false, true)),
            true);
    server.when(
        UserCommand.InGroup.class,
        ask -> {
          var get = (GroupCommand.GetReceipts) ask.asked();
          assertThat(get.message()).isEqualTo(POST_ID);
          assertThat(get.after()).contains(new UserId("al"));
          get.replyTo().tell(page);
        });

    var answer = server.asAnn("GET", RECEIPTS + "?after=al&limit=2", "");

    assertThat(answer.body())
        .isEqualTo(
            "[{\"userId\":\"ben\",\"delivered\":true,\"read\":true,\"left\":false},"
                + "{\"userId\":\"cid\",\"delivered\":true,\"read\":false,\"left\":true}]");
    assertThat(answer.headers().firstValue("Link"))
        .contains("<" + RECEIPTS + "?after=cid&limit=2>; rel=\"next\"");
  }
}
