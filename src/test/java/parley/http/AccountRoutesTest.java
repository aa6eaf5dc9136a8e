package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.message.Failure;
import parley.message.Refusal;
import parley.user.UserCommand;
import parley.user.UserReply;

class AccountRoutesTest {

  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void nobody_is_registered() {
    server.reset();
    whenCredentialsAre(Optional.empty());
    server.when(
        UserCommand.Register.class,
        register -> register.replyTo().tell(new UserReply.Registered(register.displayName())));
  }

  private static void whenCredentialsAre(Optional<String> passwordHash) {
    server.when(
        UserCommand.GetCredentials.class,
        get -> get.replyTo().tell(new UserReply.Credentials(passwordHash)));
  }

  @Test
  void an_account_is_registered() {
    var answer =
        server.call(
            "POST", "/accounts", "{\"userId\":\"ann\",\"password\":\"s\",\"displayName\":\"Ann\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEqualTo("{\"userId\":\"ann\",\"displayName\":\"Ann\"}");
  }

  @Test
  void only_the_hash_of_the_password_is_handed_over() {
    server.call("POST", "/accounts", "{\"userId\":\"ann\",\"password\":\"secret\"}");

    var register = server.received(UserCommand.Register.class).getFirst();
    assertThat(register.displayName()).isEqualTo("ann");
    assertThat(server.passwords.matches("secret", Optional.of(register.passwordHash())))
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(true);
  }

  @Test
  void a_taken_user_id_is_refused_without_hashing() {
    whenCredentialsAre(Optional.of("some hash"));

    var answer = server.call("POST", "/accounts", "{\"userId\":\"ann\",\"password\":\"s\"}");

    assertProblem(answer, Failure.USER_ID_TAKEN, "");
    assertThat(server.received(UserCommand.Register.class)).isEmpty();
  }

  @Test
  void who_registers_a_moment_later_is_refused_too() {
    var taken = new UserReply.Refused(new Refusal(Failure.USER_ID_TAKEN, "Just now"));
    server.when(UserCommand.Register.class, register -> register.replyTo().tell(taken));

    var answer = server.call("POST", "/accounts", "{\"userId\":\"ann\",\"password\":\"s\"}");

    assertProblem(answer, Failure.USER_ID_TAKEN, "Just now");
  }

  @Test
  void when_no_more_passwords_can_be_hashed_the_client_may_try_again() {
    try (var full = new RestServer()) {
      full.when(
          UserCommand.GetCredentials.class,
          get -> get.replyTo().tell(new UserReply.Credentials(Optional.empty())));
      full.passwords.close();

      var answer = full.call("POST", "/accounts", "{\"userId\":\"ann\",\"password\":\"s\"}");

      assertProblem(answer, Failure.BUSY, "passwords");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"password\":\"s\"} | MISSING_FIELD | \"userId\"",
        "{\"userId\":\"ann\"} | MISSING_FIELD | \"password\"",
        "{\"userId\":\"Ann\",\"password\":\"s\"} | MALFORMED_FIELD | \"userId\"",
        "{\"userId\":\"ann\",\"password\":\"\"} | MALFORMED_FIELD | \"password\"",
        "{\"userId\":\"ann\",\"password\":12345} | MALFORMED_FIELD | \"password\"",
        "{\"userId\":\"ann\" | MALFORMED_JSON | Line 1, column",
      })
  void wrong_input_is_refused_and_asks_nobody(String body, Failure failure, String detail) {
    assertProblem(server.call("POST", "/accounts", body), failure, detail);

    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @Test
  void nobody_is_called_as_one_calls_oneself() {
    var answer = server.call("POST", "/accounts", "{\"userId\":\"me\",\"password\":\"s\"}");

    assertProblem(answer, Failure.USER_ID_TAKEN, "");
    assertThat(server.received(UserCommand.Register.class)).isEmpty();
  }
}
