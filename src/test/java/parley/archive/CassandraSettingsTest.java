package parley.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CassandraSettingsTest {

  private static CassandraSettings with(String key, String value) {
    return CassandraSettings.of(CassandraNode.config(Map.of("parley.cassandra." + key, value)));
  }

  @Test
  void the_defaults_are_three_copies_in_the_local_data_centre() {
    var settings = with("local-datacenter", "eu-1");

    assertThat(settings.contactPoints()).containsExactly("127.0.0.1:9042");
    assertThat(settings.replication()).containsExactly("eu-1:3");
    assertThat(settings.credentials()).isEmpty();
    assertThat(settings.tls()).isEmpty();
    assertThat(settings.createSchema()).isFalse();
  }

  @Test
  void lists_may_be_one_text_as_in_an_environment_variable() {
    assertThat(with("contact-points", "a:9042, b:9043").contactPoints())
        .containsExactly("a:9042", "b:9043");
    assertThat(with("replication", "eu:3,us:2").replication()).containsExactly("eu:3", "us:2");
  }

  @ParameterizedTest
  @CsvSource({
    "contact-points, localhost, must be host:port",
    "contact-points, '', must be host:port",
    "replication, 3, must be data-centre:copies",
    "keyspace, no-dashes, must be a name",
    "consistency, ANY, must be one of",
    "connect-within, soon, The configuration cannot be used"
  })
  void what_is_wrong_is_named(String key, String value, String why) {
    assertThatThrownBy(() -> with(key, value))
        .isInstanceOf(CassandraException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(key);
  }

  @Test
  void passwords_are_not_shown() {
    var settings =
        CassandraSettings.of(
            CassandraNode.config(
                Map.of(
                    "parley.cassandra.user", "ann",
                    "parley.cassandra.password", "secret",
                    "parley.cassandra.tls.enabled", "on",
                    "parley.cassandra.tls.truststore", "/trust",
                    "parley.cassandra.tls.truststore-password", "secret")));

    assertThat(settings.toString()).contains("ann", "/trust").doesNotContain("secret");
  }
}
