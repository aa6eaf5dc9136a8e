package parley.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.message.SessionId;
import parley.message.UserId;

class RefreshTokenTest {

  private static final UserId ANN = new UserId("ann");
  private static final SessionId SESSION = new SessionId("0b5c0b66-8a3e-4a49-9f0c-6a4b7f3f8a55");
  private static final String SECRET = "A".repeat(43);

  @Test
  void it_is_read_from_the_text_that_the_device_was_given() {
    var token = RefreshToken.random(ANN, SESSION);

    assertThat(token.text()).startsWith("ann." + SESSION + ".");
    assertThat(RefreshToken.parse(token.text())).hasValue(token);
  }

  @Test
  void no_two_are_the_same() {
    assertThat(RefreshToken.random(ANN, SESSION)).isNotEqualTo(RefreshToken.random(ANN, SESSION));
  }

  @Test
  void the_hash_is_the_sha_256_of_the_text() {
    // printf 'ann.s.AAA...' | sha256sum, in base64url: it is stored, so it must not change.
    assertThat(new RefreshToken(ANN, new SessionId("s"), SECRET).hash())
        .isEqualTo("zMLGZJPYzRgy9oUMiKOKyYyS6-B-5rwMURPYT7Awfhc");
  }

  @Test
  void the_secret_is_not_shown() {
    assertThat(new RefreshToken(ANN, SESSION, SECRET).toString()).doesNotContain(SECRET);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "",
        "..",
        "ann",
        "ann.s",
        "ann.s.",
        "ann..".concat(SECRET),
        ".s.".concat(SECRET),
        "ANN.s.".concat(SECRET),
        "ann.s." + SECRET + ".x",
        "ann.s." + SECRET + "A",
        "ann.s." + "é".repeat(43),
        "ann." + "s".repeat(65) + "." + SECRET);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void another_text_is_none(String text) {
    assertThat(RefreshToken.parse(text)).isEmpty();
  }
}
