package parley.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.SessionId;
import parley.message.UserId;

class TokensTest {

  private static final String SECRET =
      "0123456789abcdef0123456789abcdef-and-then-some-more-of-it-64";
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.900Z");
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final Caller ANN =
      new Caller(new UserId("ann"), new DeviceId("phone"), new SessionId("s-1"));

  private static Tokens at(Instant now) {
    return new Tokens(SigningKey.of(SECRET), LIFETIME, InstantSource.fixed(now));
  }

  private final Tokens tokens = at(NOW);

  @Test
  void a_token_says_who_calls_and_until_when() {
    var token = tokens.issue(ANN);

    var expiresAt = Instant.parse("2026-11-23T10:15:00Z");
    assertThat(token.expiresAt()).isEqualTo(expiresAt);
    assertThat(tokens.verify(token.text())).hasValue(new Tokens.Verified(ANN, expiresAt));
  }

  @Test
  void a_ticket_that_was_made_up_is_told_from_a_sealed_one() {
    var until = Instant.parse("2026-11-23T10:14:00Z");
    var sealed = tokens.seal("ann.xyz", until);

    assertThat(tokens.unseal(sealed)).hasValue(new Tokens.Ticket("ann.xyz", until));
    var others = new Tokens(SigningKey.of(SECRET + "5"), LIFETIME, InstantSource.fixed(NOW));
    for (var madeUp :
        List.of(
            "",
            ".",
            "ann.xyz",
            "ann.xyz.",
            sealed + "A",
            sealed.replace("ann", "ben"),
            sealed.replace(
                "." + until.getEpochSecond(), "." + until.plusSeconds(60).getEpochSecond()),
            others.seal("ann.xyz", until))) {
      assertThat(tokens.unseal(madeUp)).as(madeUp).isEmpty();
    }
  }

  @Test
  void a_token_ends_at_the_instant_it_says() {
    var token = tokens.issue(ANN);

    assertThat(at(token.expiresAt().minusMillis(1)).verify(token.text())).isPresent();
    assertThat(at(token.expiresAt()).verify(token.text())).isEmpty();
  }

  @Test
  void the_longest_ids_fit() {
    var caller =
        new Caller(
            new UserId("u".repeat(64)),
            new DeviceId("d".repeat(64)),
            new SessionId("s".repeat(64)));

    assertThat(tokens.verify(tokens.issue(caller).text()).orElseThrow().caller()).isEqualTo(caller);
  }

  @Test
  void a_token_minted_elsewhere_needs_only_a_user_and_an_end() throws Exception {
    var minted = signed(claims().build(), SECRET, JWSAlgorithm.HS256);

    assertThat(tokens.verify(minted).orElseThrow().caller())
        .isEqualTo(new Caller(new UserId("bob"), new DeviceId("default"), new SessionId("minted")));
  }

  @Test
  void another_key_is_refused() throws Exception {
    var forged = signed(claims().build(), SECRET.replace('0', 'x'), JWSAlgorithm.HS256);

    assertThat(tokens.verify(forged)).isEmpty();
  }

  @Test
  void another_algorithm_is_refused_even_with_the_right_key() throws Exception {
    var key = SECRET + SECRET;
    var strict = new Tokens(SigningKey.of(key), LIFETIME, InstantSource.fixed(NOW));

    assertThat(strict.verify(signed(claims().build(), key, JWSAlgorithm.HS256))).isPresent();
    assertThat(strict.verify(signed(claims().build(), key, JWSAlgorithm.HS512))).isEmpty();
  }

  @Test
  void an_unsigned_token_is_refused() {
    var unsigned = new PlainJWT(claims().build()).serialize();

    assertThat(tokens.verify(unsigned)).isEmpty();
    assertThat(tokens.verify(unsigned + tokens.issue(ANN).text().split("\\.")[2])).isEmpty();
  }

  @Test
  void a_changed_claim_is_refused() {
    var parts = tokens.issue(ANN).text().split("\\.");
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    var changed = base64(claims.replace("ann", "bob"));

    assertThat(claims).contains("ann");
    assertThat(tokens.verify(parts[0] + "." + changed + "." + parts[2])).isEmpty();
  }

  @Test
  void without_a_user_or_an_end_it_is_refused() throws Exception {
    var nobody = claims().subject(null).build();
    var endless = claims().expirationTime(null).build();

    assertThat(tokens.verify(signed(nobody, SECRET, JWSAlgorithm.HS256))).isEmpty();
    assertThat(tokens.verify(signed(endless, SECRET, JWSAlgorithm.HS256))).isEmpty();
  }

  @Test
  void claims_that_are_no_ids_are_refused() throws Exception {
    var user = claims().subject("Not An Id").build();
    var device = claims().claim("device", "/../").build();
    var number = claims().claim("session", 7).build();

    assertThat(tokens.verify(signed(user, SECRET, JWSAlgorithm.HS256))).isEmpty();
    assertThat(tokens.verify(signed(device, SECRET, JWSAlgorithm.HS256))).isEmpty();
    assertThat(tokens.verify(signed(number, SECRET, JWSAlgorithm.HS256))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "...", "a.b.c", "é.ü.ß", "eyJhbGciOiJIUzI1NiJ9..", "null"})
  void garbage_is_refused(String text) {
    assertThat(tokens.verify(text)).isEmpty();
  }

  @Test
  void deep_and_long_garbage_is_refused() {
    var deep = base64("{\"alg\":" + "[".repeat(1400));

    assertThat(tokens.verify(deep + ".e30.e30")).isEmpty();
    assertThat(tokens.verify(base64("{\"alg\":\"HS256\"}") + "." + "a".repeat(1 << 20) + ".b"))
        .isEmpty();
  }

  @Test
  void neither_a_token_nor_a_key_is_shown() {
    var token = tokens.issue(ANN);

    assertThat(token.toString()).doesNotContain(token.text());
    assertThat(SigningKey.of(SECRET).toString()).doesNotContain(SECRET);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder().subject("bob").expirationTime(Date.from(NOW.plusSeconds(60)));
  }

  private static String signed(JWTClaimsSet claims, String key, JWSAlgorithm algorithm)
      throws Exception {
    var token = new SignedJWT(new JWSHeader(algorithm), claims);
    token.sign(new MACSigner(key));
    return token.serialize();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
