package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.limit.Rate;
import parley.limit.RateLimits;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.SessionId;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;

/** What happens to those who ask for too much. */
class LimitsTest {

  private static final String SIGN_IN = "{\"userId\":\"ann\",\"password\":\"s\"}";
  private static final String SEND = "{\"to\":\"ben\",\"text\":\"hi\"}";
  private static final Rate TWO_THEN_ONE_A_MINUTE = new Rate(2, Duration.ofMinutes(1));
  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
  private static final RestServer server =
      new RestServer(
          Duration.ofSeconds(10),
          RateLimits.of(
              new RateLimits.Rates(
                  TWO_THEN_ONE_A_MINUTE,
                  TWO_THEN_ONE_A_MINUTE,
                  TWO_THEN_ONE_A_MINUTE,
                  TWO_THEN_ONE_A_MINUTE),
              NOW::get),
          List.of(AddressRange.parse("127.0.0.1")));

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void all_buckets_are_full() {
    NOW.updateAndGet(before -> before.plus(Duration.ofHours(1)));
    server.reset();
    server.when(
        UserCommand.GetCredentials.class,
        get -> get.replyTo().tell(new UserReply.Credentials(Optional.empty())));
    server.when(
        UserCommand.GetDevices.class,
        get -> get.replyTo().tell(new UserReply.DeviceList(List.of())));
    server.when(
        UserCommand.Send.class,
        send ->
            send.drafts()
                .forEach(draft ->
                    send.replyTo()
                        .tell(
                            new UserReply.Sent(
                                draft.clientId(),
                                MessageId.first(draft.conversation()),
                                draft.conversation(),
                                1))));
  }

  private static HttpResponse<String> signIn(String clientAddress) {
    return server.send(
        server.request("POST", "/sessions", SIGN_IN).header("X-Forwarded-For", clientAddress));
  }

  @Test
  void sign_ins_are_limited_by_address() {
    assertThat(signIn("192.0.2.1").statusCode()).isEqualTo(401);
    assertThat(signIn("192.0.2.1").statusCode()).isEqualTo(401);

    var third = signIn("192.0.2.1");

    assertProblem(third, Failure.TOO_MANY_REQUESTS, "try again in 60 s");
    assertThat(third.headers().firstValue("Retry-After")).contains("60");
    assertThat(server.received(UserCommand.GetCredentials.class)).hasSize(2);
    assertThat(signIn("192.0.2.2").statusCode()).isEqualTo(401);
  }

  @Test
  void registering_and_renewing_count_as_signing_in() {
    server.call("POST", "/accounts", "{}");
    server.call("POST", "/sessions/refresh", "{}");

    assertProblem(server.call("POST", "/sessions", "{}"), Failure.TOO_MANY_REQUESTS, "");
  }

  @Test
  void who_waits_as_told_is_let_in_again() {
    signIn("192.0.2.1");
    signIn("192.0.2.1");
    NOW.updateAndGet(before -> before.plusMillis(59_500));

    assertThat(signIn("192.0.2.1").headers().firstValue("Retry-After")).contains("1");
    NOW.updateAndGet(before -> before.plusMillis(500));
    assertThat(signIn("192.0.2.1").statusCode()).isEqualTo(401);
  }

  @Test
  void sends_are_limited_by_user() {
    assertThat(server.asAnn("POST", "/messages", SEND).statusCode()).isEqualTo(200);
    assertThat(server.asAnn("POST", "/messages", SEND).statusCode()).isEqualTo(200);

    assertProblem(server.asAnn("POST", "/messages", SEND), Failure.TOO_MANY_REQUESTS, "");
    assertThat(server.received(UserCommand.Send.class)).hasSize(2);
    assertThat(asBen("POST", "/messages", "{\"to\":\"ann\",\"text\":\"hi\"}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void key_packages_of_others_have_a_limit_of_their_own() {
    var path = "/users/ben/key-packages?suite=x";
    server.asAnn("GET", "/devices", "");
    server.asAnn("GET", path, "");
    server.asAnn("GET", path, "");

    assertProblem(server.asAnn("GET", path, ""), Failure.TOO_MANY_REQUESTS, "");
    assertThat(server.asAnn("GET", "/devices", "").statusCode()).isEqualTo(200);
  }

  @Test
  void other_calls_have_a_limit_of_their_own() {
    server.asAnn("POST", "/messages", SEND);
    server.asAnn("POST", "/messages", SEND);

    assertThat(server.asAnn("GET", "/devices", "").statusCode()).isEqualTo(200);
    assertThat(server.asAnn("GET", "/devices", "").statusCode()).isEqualTo(200);
    assertProblem(server.asAnn("GET", "/devices", ""), Failure.TOO_MANY_REQUESTS, "");
  }

  @Test
  void a_changed_message_counts_as_sent() {
    var id = MessageId.first(ConversationId.between(RestServer.ANN.user(), new UserId("ben")));
    server.asAnn("POST", "/messages", SEND);
    server.asAnn("POST", "/messages", SEND);

    assertProblem(server.asAnn("DELETE", "/messages/" + id, ""), Failure.TOO_MANY_REQUESTS, "");
    assertProblem(
        server.asAnn("PUT", "/messages/" + id + "/reactions/x", ""), Failure.TOO_MANY_REQUESTS, "");
  }

  @Test
  void what_operators_ask_is_not_limited() {
    for (int i = 0; i < 10; i++) {
      assertThat(server.call("GET", "/health/live", "").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> asBen(String method, String path, String body) {
    var ben = new Caller(new UserId("ben"), new DeviceId("pc"), new SessionId("s-2"));
    return server.send(
        server
            .request(method, path, body)
            .header("Authorization", "Bearer " + server.tokens.issue(ben).text()));
  }
}
