package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;
import static parley.http.RestServer.ANN;
import static parley.http.RestServer.json;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.Draft;
import parley.user.UserCommand;
import parley.user.UserReply;

/** POST /messages. */
class SendingTest {

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
  void every_send_succeeds() {
    server.reset();
    server.when(
        UserCommand.Send.class,
        send ->
            send.drafts()
                .forEach(draft ->
                    send.replyTo()
                        .tell(new UserReply.Sent(draft.clientId(), ID, draft.conversation(), 1))));
  }

  private static Draft sentDraft() {
    return server.received(UserCommand.Send.class).getFirst().drafts().getFirst();
  }

  @Test
  void a_message_is_sent() {
    var answer =
        server.asAnn("POST", "/messages", "{\"to\":\"ben\",\"text\":\"hi\",\"clientId\":\"c-1\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"id\":\"%s\",\"clientId\":\"c-1\",\"conversation\":\"direct:ann:ben\",".formatted(ID)
                + "\"sentAt\":\"2026-11-23T10:00:00.000Z\"}");
    assertThat(server.received(UserCommand.Send.class).getFirst().caller()).isEqualTo(ANN);
    assertThat(sentDraft())
        .isEqualTo(
            new Draft(new ClientId("c-1"), CONVERSATION, new Content.Text("hi"), Optional.empty()));
  }

  @Test
  void a_send_without_a_name_gets_one() {
    var answer = server.asAnn("POST", "/messages", "{\"to\":\"ben\",\"text\":\"hi\"}");

    assertThat(json(answer.body()).get("clientId").textValue())
        .isEqualTo(sentDraft().clientId().value());
  }

  @ParameterizedTest
  @CsvSource({"'',h-1", "',\"clientId\":\"h-1\"',h-1", "',\"clientId\":null',h-1"})
  void the_header_names_a_send_too(String inBody, String expected) {
    var answer = sendWithHeader("{\"to\":\"ben\",\"text\":\"hi\"" + inBody + "}", "h-1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(sentDraft().clientId().value()).isEqualTo(expected);
  }

  @Test
  void a_header_that_names_another_send_is_refused() {
    var answer = sendWithHeader("{\"to\":\"ben\",\"text\":\"hi\",\"clientId\":\"c-1\"}", "h-1");

    assertProblem(answer, Failure.MALFORMED_FIELD, "Idempotency-Key");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void a_malformed_header_is_refused() {
    var answer = sendWithHeader("{\"to\":\"ben\",\"text\":\"hi\"}", "x".repeat(65));

    assertProblem(answer, Failure.MALFORMED_FIELD, "Idempotency-Key");
  }

  private static HttpResponse<String> sendWithHeader(String body, String key) {
    return server.send(
        server
            .request("POST", "/messages", body)
            .header("Authorization", "Bearer " + server.annsToken())
            .header("Idempotency-Key", key));
  }

  @Test
  void a_token_comes_before_the_body() {
    assertProblem(
        server.call("POST", "/messages", "not json"), Failure.UNAUTHENTICATED, "Authorization");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"text\":\"hi\"} | MISSING_FIELD | \"to\"",
        "{\"to\":\"ben\"} | MISSING_FIELD | \"text\"",
        "{\"to\":\"direct:ben:cid\",\"text\":\"hi\"} | UNKNOWN_RECIPIENT | \"to\"",
        "{\"to\":\"group:01J\",\"text\":\"hi\"} | UNKNOWN_RECIPIENT | \"to\"",
        "{\"to\":\"ben\",\"text\":\"\"} | MALFORMED_FIELD | \"text\"",
        "{\"to\":\"ben\",,} | MALFORMED_JSON | Line 1, column 13",
      })
  void wrong_input_is_refused_and_asks_nobody(String body, Failure failure, String detail) {
    assertProblem(server.asAnn("POST", "/messages", body), failure, detail);

    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void content_that_is_too_large_is_refused() {
    var body = "{\"to\":\"ben\",\"text\":\"" + "x".repeat(Content.SIZE_BYTES_MAX + 1) + "\"}";

    assertProblem(server.asAnn("POST", "/messages", body), Failure.TOO_LARGE, "65537 bytes");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  static Stream<Failure> refusals() {
    return Stream.of(
        Failure.UNKNOWN_RECIPIENT,
        Failure.CLIENT_ID_REUSED,
        Failure.BUSY,
        Failure.INTERNAL,
        Failure.TOO_MANY_REQUESTS,
        Failure.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void what_the_user_refuses_is_told(Failure failure) {
    var refusal = new Refusal(failure, "Because");
    server.when(
        UserCommand.Send.class,
        send -> send.replyTo().tell(new UserReply.NotSent(new ClientId("c"), refusal)));
    var notSent = server.asAnn("POST", "/messages", "{\"to\":\"ben\",\"text\":\"hi\"}");
    server.when(
        UserCommand.Send.class, send -> send.replyTo().tell(new UserReply.Refused(refusal)));
    var refused = server.asAnn("POST", "/messages", "{\"to\":\"ben\",\"text\":\"hi\"}");

    assertProblem(notSent, failure, "Because");
    assertProblem(refused, failure, "Because");
  }
}
