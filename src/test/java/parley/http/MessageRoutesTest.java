package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;
import static parley.http.RestServer.ANN;
import static parley.http.RestServer.json;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.Excerpt;
import parley.user.UserCommand;
import parley.user.UserReply;

/** Reading messages and marking them as read. */
class MessageRoutesTest {

  private static final UserId BEN = new UserId("ben");
  private static final ConversationId CONVERSATION = ConversationId.between(ANN.user(), BEN);
  private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");
  private static final MessageId ID =
      MessageId.next(MessageId.first(CONVERSATION), TEN, CONVERSATION, BEN);
  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void mailboxes_are_at_hand() {
    server.reset();
    server.whenReading(excerpt -> CompletableFuture.completedStage(excerpt.recent()));
  }

  private static Positioned fromBen(long pos, String text) {
    return new Positioned(
        pos,
        new Message(
            ID,
            CONVERSATION,
            BEN,
            new ClientId("b-" + pos),
            new Content.Text(text),
            Optional.empty()));
  }

  @Test
  void unread_messages_are_listed_oldest_first() {
    whenUnread(List.of(fromBen(3, "one"), fromBen(5, "two")), false);

    var answer = server.asAnn("GET", "/messages", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Link")).isEmpty();
    assertThat(answer.body())
        .isEqualTo("[" + unreadJson(3, "one") + "," + unreadJson(5, "two") + "]");
    var asked = server.received(UserCommand.GetUnread.class).getFirst();
    assertThat(asked.after()).isZero();
    assertThat(asked.limit()).isEqualTo(100);
  }

  private static String unreadJson(long pos, String text) {
    return ("{\"id\":\"%s\",\"conversation\":\"direct:ann:ben\",\"from\":\"ben\","
            + "\"sentAt\":\"2026-11-23T10:00:00.000Z\","
            + "\"content\":{\"type\":\"text\",\"text\":\"%s\"},\"read\":false,\"pos\":%d}")
        .formatted(ID, text, pos);
  }

  private static void whenUnread(List<Positioned> recent, boolean more) {
    server.when(
        UserCommand.GetUnread.class,
        get ->
            get.replyTo()
                .tell(new UserReply.Unread(new Excerpt(ANN.user(), List.of(), recent), more)));
  }

  @Test
  void what_is_not_at_hand_is_read_from_the_mailbox() {
    whenUnread(List.of(fromBen(5, "recent")), false);
    server.whenReading(excerpt ->
        CompletableFuture.completedStage(
            List.of(fromBen(2, "older"), excerpt.recent().getFirst())));

    var answer = server.asAnn("GET", "/messages", "");

    assertThat(json(answer.body()).findValuesAsText("text")).containsExactly("older", "recent");
  }

  @Test
  void when_the_mailbox_cannot_be_read_the_client_may_try_again() {
    whenUnread(List.of(), true);
    server.whenReading(
        excerpt -> CompletableFuture.failedStage(new IllegalStateException("disk on fire")));

    assertProblem(server.asAnn("GET", "/messages", ""), Failure.BUSY, "try again");
  }

  @Test
  void without_unread_messages_there_is_no_content() {
    whenUnread(List.of(), false);

    var answer = server.asAnn("GET", "/messages", "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void a_page_links_to_the_next_one() {
    whenUnread(List.of(fromBen(3, "one"), fromBen(57, "two")), true);

    var answer = server.asAnn("GET", "/messages?limit=2&after=1", "");

    assertThat(answer.headers().firstValue("Link"))
        .contains("</messages?after=57&limit=2>; rel=\"next\"");
    var asked = server.received(UserCommand.GetUnread.class).getFirst();
    assertThat(asked.after()).isEqualTo(1);
    assertThat(asked.limit()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,limit",
    "limit=501,limit",
    "limit=-1,limit",
    "limit=x,limit",
    "limit=,limit",
    "limit=1.5,limit",
    "limit=99999999999999999999,limit",
    "after=-1,after",
    "after=x,after",
    "after=,after"
  })
  void a_malformed_parameter_is_named(String query, String parameter) {
    var answer = server.asAnn("GET", "/messages?" + query, "");

    assertProblem(answer, Failure.MALFORMED_FIELD, "\"" + parameter + "\"");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=1", "limit=500", "after=0", "after=999999999999999999", "x=1"})
  void a_parameter_at_its_limit_is_taken(String query) {
    whenUnread(List.of(), false);

    assertThat(server.asAnn("GET", "/messages?" + query, "").statusCode()).isEqualTo(204);
  }

  @Test
  void one_message_is_found() {
    var message = (Message) fromBen(3, "hi").entry();
    server.when(
        UserCommand.GetMessage.class,
        get -> get.replyTo().tell(new UserReply.Found(3, message, false, Optional.empty())));

    var answer = server.asAnn("GET", "/messages/" + ID, "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(unreadJson(3, "hi"));
    assertThat(server.received(UserCommand.GetMessage.class).getFirst().id()).isEqualTo(ID);
  }

  @Test
  void what_the_user_does_not_have_is_not_found() {
    var refusal = new UserReply.Refused(new Refusal(Failure.NOT_FOUND, "None"));
    server.when(UserCommand.GetMessage.class, get -> get.replyTo().tell(refusal));
    server.when(UserCommand.MarkRead.class, mark -> mark.replyTo().tell(refusal));

    assertProblem(server.asAnn("GET", "/messages/" + ID, ""), Failure.NOT_FOUND, "None");
    assertProblem(server.asAnn("PUT", "/messages/" + ID, ""), Failure.NOT_FOUND, "None");
  }

  @ParameterizedTest
  @CsvSource({"GET,nonsense", "PUT,nonsense", "PATCH,06DSJ", "GET,06DSJTD01W00066Z0CS5X0NYX!"})
  void what_is_no_message_id_is_not_found(String method, String id) {
    assertProblem(server.asAnn(method, "/messages/" + id, ""), Failure.NOT_FOUND, "");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"PUT,''", "PATCH,''", "PUT,'{\"read\":true}'", "PATCH,'{\"read\":true}'"})
  void a_message_is_marked_as_read(String method, String body) {
    server.when(
        UserCommand.MarkRead.class,
        mark -> mark.replyTo().tell(new UserReply.MarkedRead(mark.id(), TEN)));

    var answer = server.asAnn(method, "/messages/" + ID, body);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\"%s\",\"read\":true,\"readAt\":\"2026-11-23T10:00:00.000Z\"}".formatted(ID));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"read\":false} | MALFORMED_FIELD",
        "{\"read\":1} | MALFORMED_FIELD",
        "{} | MISSING_FIELD",
        "true | MALFORMED_JSON",
      })
  void a_message_cannot_be_marked_as_anything_else(String body, Failure failure) {
    assertProblem(server.asAnn("PUT", "/messages/" + ID, body), failure, "");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"POST,/messages", "GET,/messages", "GET,/messages/x", "PUT,/messages/x"})
  void nothing_is_told_without_a_token(String method, String path) {
    assertProblem(server.call(method, path, ""), Failure.UNAUTHENTICATED, "Authorization");
  }

  @Test
  void a_page_links_to_what_was_too_much_for_it() {
    whenUnread(List.of(fromBen(3, "one"), fromBen(57, "two"), fromBen(58, "three")), false);
    server.whenReading(excerpt -> CompletableFuture.completedStage(excerpt.recent().subList(0, 2)));

    var answer = server.asAnn("GET", "/messages", "");

    assertThat(json(answer.body()).findValuesAsText("text")).containsExactly("one", "two");
    assertThat(answer.headers().firstValue("Link"))
        .contains("</messages?after=57&limit=100>; rel=\"next\"");
  }
}
