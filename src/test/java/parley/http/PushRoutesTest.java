package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;
import static parley.http.RestServer.ANN;
import static parley.http.RestServer.json;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.message.Failure;
import parley.message.Refusal;
import parley.push.PushSubscription;
import parley.user.UserCommand;
import parley.user.UserReply;

class PushRoutesTest {

  private static final String POINT =
      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
  private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";
  private static final String PATH = "/devices/me/push";
  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void every_user_takes_it() {
    server.reset();
    server.when(UserCommand.PutPush.class, it -> it.replyTo().tell(new UserReply.PushChanged()));
    server.when(UserCommand.RemovePush.class, it -> it.replyTo().tell(new UserReply.PushChanged()));
  }

  private static String body(String endpoint, String p256dh, String auth) {
    return "{\"endpoint\":\"%s\",\"expirationTime\":null,\"keys\":{\"p256dh\":\"%s\",\"auth\":\"%s\"}}"
        .formatted(endpoint, p256dh, auth);
  }

  @Test
  void the_key_is_for_everybody() {
    var answer = server.call("GET", "/push/key", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer.body()).get("key").textValue()).isEqualTo(RestServer.PUSH_KEY);
  }

  @Test
  void a_device_subscribes_with_what_its_browser_has_given_it() {
    var endpoint = "https://push.example.com/send/1";

    assertThat(server.asAnn("PUT", PATH, body(endpoint, POINT, AUTH)).statusCode()).isEqualTo(204);

    var put = server.received(UserCommand.PutPush.class).getFirst();
    assertThat(put.caller()).isEqualTo(ANN);
    assertThat(put.subscription()).isEqualTo(new PushSubscription(endpoint, POINT, AUTH));
    assertThat(put.toString()).doesNotContain("push.example.com", AUTH);
  }

  @Test
  void a_device_takes_it_back() {
    assertThat(server.asAnn("DELETE", PATH, "").statusCode()).isEqualTo(204);

    assertThat(server.received(UserCommand.RemovePush.class).getFirst().caller()).isEqualTo(ANN);
  }

  @ParameterizedTest
  @CsvSource({
    "http://push.example.com/1, good, good",
    "https://127.0.0.1/1, good, good",
    "https://localhost:8080/metrics, good, good",
    "nonsense, good, good",
    "https://push.example.com/1, AAAA, good",
    "https://push.example.com/1, no base64!, good",
    "https://push.example.com/1, good, AAAA",
    "https://push.example.com/1, good, no base64!"
  })
  void what_cannot_be_sent_to_is_refused(String endpoint, String p256dh, String auth) {
    var body =
        body(endpoint, p256dh.equals("good") ? POINT : p256dh, auth.equals("good") ? AUTH : auth);

    assertProblem(server.asAnn("PUT", PATH, body), Failure.MALFORMED_FIELD, "");
    assertThat(server.received(UserCommand.PutPush.class)).isEmpty();
  }

  /** Off the curve, it would tell whoever made it about the node's key. */
  @Test
  void a_point_that_is_not_of_the_curve_is_refused() {
    var other = POINT.substring(0, 80) + "AAAAAAA";

    assertProblem(
        server.asAnn("PUT", PATH, body("https://push.example.com/1", other, AUTH)),
        Failure.MALFORMED_FIELD,
        "p256dh");
  }

  @Test
  void what_is_missing_is_named() {
    var endpoint = "{\"endpoint\":\"https://push.example.com/1\"}";

    assertProblem(server.asAnn("PUT", PATH, "{}"), Failure.MISSING_FIELD, "endpoint");
    assertProblem(server.asAnn("PUT", PATH, endpoint), Failure.MISSING_FIELD, "keys");
  }

  @Test
  void a_refusal_is_passed_on() {
    var refused = new UserReply.Refused(new Refusal(Failure.NOT_FOUND, "Not signed in"));
    server.when(UserCommand.PutPush.class, it -> it.replyTo().tell(refused));

    assertProblem(
        server.asAnn("PUT", PATH, body("https://push.example.com/1", POINT, AUTH)),
        Failure.NOT_FOUND,
        "Not signed in");
  }

  @Test
  void a_token_is_needed() {
    assertProblem(server.call("PUT", PATH, "{}"), Failure.UNAUTHENTICATED, "");
    assertProblem(server.call("DELETE", PATH, ""), Failure.UNAUTHENTICATED, "");
  }
}
