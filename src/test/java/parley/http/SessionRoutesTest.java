package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;
import static parley.http.RestServer.ANN;
import static parley.http.RestServer.json;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.account.RefreshToken;
import parley.account.Tokens;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.SessionId;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;

class SessionRoutesTest {

  private static final String SIGN_IN =
      "{\"userId\":\"ann\",\"password\":\"secret\",\"device\":{\"id\":\"phone\",\"name\":\"P\"}}";
  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void ann_has_an_account() {
    server.reset();
    var hash = server.passwords.hash("secret").toCompletableFuture().join();
    whenCredentialsAre(Optional.of(hash));
    server.when(
        UserCommand.SignIn.class,
        signIn -> signIn.replyTo().tell(new UserReply.SignedIn(signIn.device())));
    server.when(
        UserCommand.Refresh.class,
        refresh -> refresh.replyTo().tell(new UserReply.SignedIn(new DeviceId("phone"))));
    server.when(
        UserCommand.SignOut.class, signOut -> signOut.replyTo().tell(new UserReply.SignedOut()));
  }

  private static void whenCredentialsAre(Optional<String> passwordHash) {
    server.when(
        UserCommand.GetCredentials.class,
        get -> get.replyTo().tell(new UserReply.Credentials(passwordHash)));
  }

  @Test
  void a_session_is_opened_on_the_device() {
    var answer = server.call("POST", "/sessions", SIGN_IN);

    assertThat(answer.statusCode()).isEqualTo(201);
    var session = json(answer.body());
    assertThat(session.propertyStream().map(Map.Entry::getKey))
        .containsExactly("userId", "deviceId", "token", "expiresAt", "refreshToken");
    assertThat(session.get("userId").textValue()).isEqualTo("ann");
    assertThat(session.get("deviceId").textValue()).isEqualTo("phone");
    assertThat(session.get("expiresAt").textValue()).matches("....-..-..T..:..:..\\.000Z");
    var signIn = server.received(UserCommand.SignIn.class).getFirst();
    assertThat(signIn.deviceName()).isEqualTo("P");
    var verified = server.tokens.verify(session.get("token").textValue()).orElseThrow();
    assertThat(verified.caller().user()).isEqualTo(ANN.user());
    assertThat(verified.caller().session()).isEqualTo(signIn.session());
    assertThat(verified.expiresAt()).isEqualTo(Instant.parse(session.get("expiresAt").textValue()));
  }

  @Test
  void only_the_hash_of_the_refresh_token_is_handed_over() {
    var answer = server.call("POST", "/sessions", SIGN_IN);

    var token = RefreshToken.parse(json(answer.body()).get("refreshToken").textValue());
    var signIn = server.received(UserCommand.SignIn.class).getFirst();
    assertThat(signIn.refreshToken().hash()).isEqualTo(token.orElseThrow().hash());
    assertThat(signIn.refreshToken().expiresAt())
        .isBetween(
            Instant.now().plus(29, ChronoUnit.DAYS), Instant.now().plus(31, ChronoUnit.DAYS));
    assertThat(token.orElseThrow().session()).isEqualTo(signIn.session());
  }

  @Test
  void a_wrong_password_is_refused() {
    var answer = server.call("POST", "/sessions", "{\"userId\":\"ann\",\"password\":\"another\"}");

    assertProblem(answer, Failure.BAD_CREDENTIALS, "");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(server.received(UserCommand.SignIn.class)).isEmpty();
  }

  @Test
  void an_unknown_user_is_refused_in_the_same_words() {
    var wrong = server.call("POST", "/sessions", "{\"userId\":\"ann\",\"password\":\"another\"}");
    whenCredentialsAre(Optional.empty());
    var unknown = server.call("POST", "/sessions", SIGN_IN);

    assertThat(unknown.statusCode()).isEqualTo(wrong.statusCode());
    assertThat(unknown.body()).isEqualTo(wrong.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"password\":\"s\"} | MISSING_FIELD | \"userId\"",
        "{\"userId\":\"ann\"} | MISSING_FIELD | \"password\"",
        "{\"userId\":\"a:b\",\"password\":\"s\"} | MALFORMED_FIELD | \"userId\"",
        "{\"userId\":\"a\",\"password\":\"s\",\"device\":1} | MALFORMED_FIELD | \"device\"",
        "[] | MALFORMED_JSON | no object",
      })
  void wrong_input_is_refused_and_asks_nobody(String body, Failure failure, String detail) {
    assertProblem(server.call("POST", "/sessions", body), failure, detail);

    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void a_refresh_token_is_exchanged_for_the_next_one() {
    var presented = RefreshToken.random(new UserId("ann"), new SessionId("s-7"));

    var answer =
        server.call("POST", "/sessions/refresh", "{\"refreshToken\":\"" + presented.text() + "\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    var session = json(answer.body());
    assertThat(session.get("deviceId").textValue()).isEqualTo("phone");
    var refresh = server.received(UserCommand.Refresh.class).getFirst();
    assertThat(refresh.session()).isEqualTo(presented.session());
    assertThat(refresh.presentedHash()).isEqualTo(presented.hash());
    var next = RefreshToken.parse(session.get("refreshToken").textValue()).orElseThrow();
    assertThat(refresh.next().hash()).isEqualTo(next.hash()).isNotEqualTo(presented.hash());
    assertThat(next.session()).isEqualTo(presented.session());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "ann.s-1.short", "a.b.c.d"})
  void what_is_no_refresh_token_is_refused(String token) {
    var answer = server.call("POST", "/sessions/refresh", "{\"refreshToken\":\"" + token + "\"}");

    assertProblem(answer, Failure.UNAUTHENTICATED, "refresh token");
  }

  @Test
  void a_refresh_token_that_the_user_does_not_accept_is_refused() {
    var no = new UserReply.Refused(new Refusal(Failure.UNAUTHENTICATED, "It was used before"));
    server.when(UserCommand.Refresh.class, refresh -> refresh.replyTo().tell(no));
    var presented = RefreshToken.random(new UserId("ann"), new SessionId("s-7")).text();

    var answer =
        server.call("POST", "/sessions/refresh", "{\"refreshToken\":\"" + presented + "\"}");

    assertProblem(answer, Failure.UNAUTHENTICATED, "It was used before");
  }

  @Test
  void a_missing_refresh_token_is_a_missing_field() {
    assertProblem(
        server.call("POST", "/sessions/refresh", "{}"), Failure.MISSING_FIELD, "refreshToken");
  }

  @Test
  void a_session_is_ended_by_its_token() {
    var answer = server.asAnn("DELETE", "/sessions/current", "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(server.received(UserCommand.SignOut.class).getFirst().caller()).isEqualTo(ANN);
  }

  @Test
  void without_a_token_no_session_ends() {
    var answer = server.call("DELETE", "/sessions/current", "");

    assertProblem(answer, Failure.UNAUTHENTICATED, "Authorization: Bearer");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void a_session_that_has_ended_is_told_so_by_the_user() {
    var ended = new UserReply.Refused(new Refusal(Failure.UNAUTHENTICATED, "It has ended"));
    server.when(UserCommand.SignOut.class, signOut -> signOut.replyTo().tell(ended));

    var answer = server.asAnn("DELETE", "/sessions/current", "");

    assertProblem(answer, Failure.UNAUTHENTICATED, "It has ended");
  }

  @Test
  void an_expired_token_is_refused() {
    InstantSource anHourAgo = () -> Instant.now().minus(Duration.ofHours(1));
    var old = new Tokens(RestServer.SIGNING_KEY, Duration.ofMinutes(15), anHourAgo);

    var answer =
        server.send(
            server
                .request("DELETE", "/sessions/current", "")
                .header("Authorization", "Bearer " + old.issue(ANN).text()));

    assertProblem(answer, Failure.UNAUTHENTICATED, "expired");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer", "Bearer x.y.z", "Basic YW5uOnNlY3JldA==", "nonsense", "Bearer a b"})
  void what_is_no_token_is_refused(String authorization) {
    var answer =
        server.send(
            server
                .request("DELETE", "/sessions/current", "")
                .header("Authorization", authorization));

    assertProblem(answer, Failure.UNAUTHENTICATED, "");
  }
}
