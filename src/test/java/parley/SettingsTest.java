package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.account.HashCost;
import parley.http.AddressRange;
import parley.limit.Rate;
import parley.limit.RateLimits.Rates;

class SettingsTest {

  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("own.conf"), text);
  }

  private static Settings defaults() {
    return Settings.load(Optional.empty(), Map.of());
  }

  @Test
  void the_defaults_are_those_that_the_readme_promises() {
    var settings = defaults();

    assertThat(settings.data()).isEqualTo(Path.of("data").toAbsolutePath());
    assertThat(settings.http())
        .isEqualTo(
            new Settings.Http(
                "127.0.0.1", 8080, 256 * 1024, Duration.ofSeconds(10), Duration.ZERO, List.of()));
    assertThat(settings.limits().rates())
        .isEqualTo(
            new Rates(
                new Rate(1_000, Duration.ofMillis(100)),
                new Rate(20_000, Duration.ofMillis(2)),
                new Rate(5_000, Duration.ofMillis(2)),
                new Rate(500, Duration.ofSeconds(1))));
    assertThat(settings.account().signingKey()).isEmpty();
    assertThat(settings.account().hash().cost()).isEqualTo(new HashCost(19456, 2, 1));
    assertThat(settings.account().accessTokenLifetime()).isEqualTo(Duration.ofMinutes(15));
    assertThat(settings.account().refreshTokenLifetime()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.user().outboxEntriesMax()).isEqualTo(1_000);
    assertThat(settings.user().recentBytesMax()).isEqualTo(128 * 1024);
    assertThat(settings.user().retryMin()).isEqualTo(Duration.ofMillis(200));
    assertThat(settings.embedded().sync()).isTrue();
  }

  @Test
  void an_override_wins_over_the_file_and_the_file_over_the_default() throws Exception {
    var file = file("parley { http { port = 1111, host = \"::1\" }, embedded.sync = off }");

    var settings = Settings.load(Optional.of(file), Map.of("parley.http.port", "2222"));

    assertThat(settings.http().port()).isEqualTo(2222);
    assertThat(settings.http().host()).isEqualTo("::1");
    assertThat(settings.embedded().sync()).isFalse();
    assertThat(settings.http().askTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void proxies_are_trusted_by_address_or_range() throws Exception {
    var settings =
        Settings.load(
            Optional.of(file("parley.http.trusted-proxies = [\"10.0.0.0/8\", \"::1\"]")), Map.of());
    assertThat(settings.http().trustedProxies())
        .containsExactly(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1"));

    var wrong = file("parley.http.trusted-proxies = [\"10.0.0.0/33\"]");
    assertThatThrownBy(() -> Settings.load(Optional.of(wrong), Map.of()))
        .hasMessageContaining("parley.http.trusted-proxies is malformed");
  }

  @Test
  void properties_of_kafkas_clients_are_passed_on_and_never_shown() throws Exception {
    var file =
        file(
            """
            parley.kafka.properties {
              security.protocol = SSL
              "ssl.key.password" = hidden
            }
            """);
    var kafka = Settings.load(Optional.of(file), Map.of()).kafka();

    assertThat(kafka.properties())
        .isEqualTo(Map.of("security.protocol", "SSL", "ssl.key.password", "hidden"));
    assertThat(kafka.toString()).doesNotContain("hidden");
  }

  @Test
  void kafka_cannot_keep_more_copies_in_sync_than_there_are() {
    assertThatThrownBy(
            () -> Settings.load(Optional.empty(), Map.of("parley.kafka.replication-factor", 1)))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("min-insync-replicas must not be greater");
  }

  @Test
  void limits_can_be_switched_off() {
    var settings = Settings.load(Optional.empty(), Map.of("parley.limits.enabled", "off"));

    assertThat(settings.limits().rates()).isEqualTo(Rates.UNLIMITED);
  }

  @Test
  void what_akka_shares_with_parley_follows_it() {
    var config =
        Settings.load(
                Optional.empty(),
                Map.of("parley.user.active-entity-limit", 7, "parley.http.body-bytes-max", "1 MiB"))
            .config();

    var passivation = "akka.cluster.sharding.passivation.default-strategy.active-entity-limit";
    assertThat(config.getInt(passivation)).isEqualTo(7);
    assertThat(config.getBytes("akka.http.server.parsing.max-content-length"))
        .isEqualTo(1024 * 1024);
  }

  @Test
  void the_shipped_file_changes_no_default() {
    var settings = Settings.load(Optional.of(Path.of("conf/local.conf")), Map.of());

    assertThat(settings).hasToString(defaults().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.port        | 65536       | must be 0 to 65535, not 65536",
        "http.port        | many        | parley.http.port",
        "http.ask-timeout | 10 parsecs  | ask-timeout",
        "http.ask-timeout | 0s          | must be at least 1ms",
        "http.body-bytes-max | 8 GiB    | parley.http.body-bytes-max must be",
        "http.trusted-proxies | all    | parley.http.trusted-proxies",
        "limits.sends.burst | 0         | parley.limits.sends.burst must be",
        "limits.calls.one-every | 0s    | must be at least 1ms",
        "limits.enabled   | perhaps     | parley.limits.enabled",
        "account.hash-cost | weak       | parley.account.hash-cost is malformed",
        "account.access-token-lifetime | 25h | must be at most 86400s",
        "user.active-entity-limit | 0   | parley.user.active-entity-limit must be",
        "user.hand-over-retry-min | 1h  | must not be greater than hand-over-retry-max",
        "kafka.send-within | 30d        | must be at most 86400s",
        "media.s3.endpoint | http://minio :9000 | parley.media.s3.endpoint is malformed",
        "media.s3.endpoint | minio:9000 | A URL such as http://localhost:9000 is expected",
        "push.enabled     | perhaps     | parley.push.enabled",
        "push.delay       | 0s          | must be at least 1ms",
        "push.sending-max | 0           | parley.push.sending-max must be",
        "embedded.sync    | perhaps     | parley.embedded.sync",
        "embedded.write-group-size | 65 MiB | must not be greater than write-queue-size",
        "embedded.read-threads | 0      | parley.embedded.read-threads must be 1 to"
      })
  void a_value_that_cannot_be_stops_the_start(String key, String value, String message)
      throws Exception {
    var file = file("parley." + key + " = \"" + value + "\"");

    assertThatThrownBy(() -> Settings.load(Optional.of(file), Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(message);
  }

  @Test
  void what_is_wrong_is_named_with_its_file_and_line() throws Exception {
    var wrongRange = file("parley {\n  http {\n    port = 70000\n  }\n}\n");
    assertThatThrownBy(() -> Settings.load(Optional.of(wrongRange), Map.of()))
        .hasMessageContaining(wrongRange + ": 3");

    var wrongType = file("parley {\n  http {\n    port = [1]\n  }\n}\n");
    assertThatThrownBy(() -> Settings.load(Optional.of(wrongType), Map.of()))
        .hasMessageContaining(wrongType + ": 3");

    var malformed = file("parley {\n  http {\n");
    assertThatThrownBy(() -> Settings.load(Optional.of(malformed), Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(malformed + ": 3");

    var misspelt = file("parley {\n  http.prot = 1\n}\n");
    assertThatThrownBy(() -> Settings.load(Optional.of(misspelt), Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("There is no setting parley.http.prot")
        .hasMessageContaining(misspelt + ": 2");
  }

  @Test
  void a_missing_file_stops_the_start() {
    var missing = folder.resolve("missing.conf");

    assertThatThrownBy(() -> Settings.load(Optional.of(missing), Map.of()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(missing.toString());
  }

  @Test
  void plugins_may_be_given_settings_that_akka_knows() throws Exception {
    var file = file("parley.embedded.journal.circuit-breaker.call-timeout = 5s");

    assertThat(Settings.load(Optional.of(file), Map.of())).isNotNull();
  }

  @Test
  void the_signing_key_is_not_shown() {
    var secret = "0123456789abcdef0123456789abcdef";

    var settings = Settings.load(Optional.empty(), Map.of("parley.account.signing-key", secret));

    assertThat(settings.account().signingKey()).hasValue(secret);
    assertThat(settings.toString()).doesNotContain(secret);
  }

  @Test
  void notifications_are_on_and_never_go_to_local_addresses_by_default() {
    assertThat(defaults().push().enabled()).isTrue();
    assertThat(defaults().push().allowLocal()).isFalse();
    assertThat(defaults().push().key()).isEmpty();
    assertThat(defaults().push().contact()).isEmpty();
  }

  @Test
  void the_push_key_is_not_shown() {
    var secret = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";

    var settings = Settings.load(Optional.empty(), Map.of("parley.push.key", secret));

    assertThat(settings.push().key()).hasValue(secret);
    assertThat(settings.toString()).doesNotContain(secret);
  }
}
