package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.cluster.ClusterSettings.Alone;
import parley.cluster.ClusterSettings.Dns;
import parley.cluster.ClusterSettings.Seeds;
import parley.cluster.ClusterSettings.Tls;
import parley.cluster.Placement;
import parley.cluster.Role;

/** What a node is told about others, and what of it does not fit together. */
class ClusterBlockTest {

  private static final String MANY =
      """
      parley.store = cassandra
      parley.account.signing-key = "0123456789abcdef0123456789abcdef"
      """;

  @TempDir Path folder;

  private Settings load(String text) throws Exception {
    return Settings.load(Optional.of(file("own.conf", text)), Map.of());
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void by_default_a_node_is_alone_and_does_everything() throws Exception {
    var settings = load("");

    assertThat(settings.store()).isEqualTo(Settings.Store.EMBEDDED);
    assertThat(settings.distributor()).isEqualTo(Settings.Queue.DIRECT);
    assertThat(settings.cluster().meeting()).isEqualTo(new Alone());
    assertThat(settings.cluster().roles()).containsExactlyInAnyOrder(Role.values());
    assertThat(settings.cluster().placement()).isEqualTo(Placement.COORDINATOR);
    assertThat(settings.cluster().tls()).isEmpty();
  }

  @Test
  void a_list_may_be_a_text_with_commas() throws Exception {
    var text =
        load(MANY + "parley { roles = \"api, user\", cluster.seed-nodes = \"one:2551,[::1]:2\" }");
    var list =
        load(
            MANY
                + "parley { roles = [user, api], cluster.seed-nodes = [\"one:2551\", \"[::1]:2\"] }");

    assertThat(text.cluster()).isEqualTo(list.cluster());
    assertThat(text.cluster().roles()).containsExactlyInAnyOrder(Role.API, Role.USER);
    assertThat(text.cluster().meeting()).isEqualTo(new Seeds(List.of("one:2551", "[::1]:2")));
  }

  @Test
  void akka_is_told_of_roles_and_addresses() throws Exception {
    var config =
        load(MANY + "parley { roles = user, cluster { host = \"10.0.0.7\", port = 2551 } }")
            .config();

    assertThat(config.getStringList("akka.cluster.roles")).containsExactly("user");
    assertThat(config.getString("akka.remote.artery.canonical.hostname")).isEqualTo("10.0.0.7");
    assertThat(config.getInt("akka.remote.artery.canonical.port")).isEqualTo(2551);
    assertThat(config.getString("akka.remote.artery.transport")).isEqualTo("tcp");
  }

  @Test
  void others_are_found_by_a_name() throws Exception {
    var settings =
        load(
            MANY
                + "parley.cluster.discovery { dns-name = chat.example, port = 77, nodes-min = 3 }");

    assertThat(settings.cluster().meeting()).isEqualTo(new Dns("chat.example", 77, 3));
    var bootstrap = settings.config().getConfig("akka.management.cluster.bootstrap");
    assertThat(bootstrap.getString("contact-point-discovery.service-name"))
        .isEqualTo("chat.example");
    assertThat(bootstrap.getInt("contact-point-discovery.required-contact-point-nr")).isEqualTo(3);
  }

  @Test
  void tls_takes_three_files() throws Exception {
    var key = file("key.pem", "k");
    var certificate = file("cert.pem", "c");
    var authority = file("ca.pem", "a");

    var settings =
        load(
            """
            parley.cluster.tls {
              enabled = on, key-file = "%s", cert-file = "%s", ca-cert-file = "%s"
            }
            """
                .formatted(key, certificate, authority));

    assertThat(settings.cluster().tls()).contains(new Tls(key, certificate, authority));
    assertThat(settings.config().getString("akka.remote.artery.transport")).isEqualTo("tls-tcp");
    assertThat(
            settings.config().getString("akka.remote.artery.ssl.rotating-keys-engine.ca-cert-file"))
        .isEqualTo(authority.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roles = []                          | parley.roles must have one of",
        "roles = \"api,admin\"               | \"admin\" is none of api, worker, user",
        "store = disk                        | \"disk\" is none of embedded, cassandra",
        "distributor = pigeon                | \"pigeon\" is none of direct, kafka",
        "placement = anywhere                | \"anywhere\" is none of coordinator, hash-ring",
        "cluster.host = \"0.0.0.0\"          | an address that other nodes can reach",
        "cluster.seed-nodes = \"one\"        | \"one\" is no host:port",
        "cluster.tls.enabled = on            | parley.cluster.tls.key-file",
        "http.drain-delay = 1h               | parley.http.drain-delay must be 0 to 30s",
        "user.recent-bytes-max = 1 MiB       | parley.user.recent-bytes-max must be",
      })
  void a_value_that_cannot_be_stops_the_start(String line, String message) {
    assertThatThrownBy(() -> load("parley." + line))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster.seed-nodes = \"one:1\"             | set parley.store = cassandra",
        "cluster.discovery.dns-name = one           | set parley.store = cassandra",
        "roles = user                               | parley.roles must have api and user",
        "roles = worker, parley.store = cassandra   | does nothing while parley.distributor = direct",
        "store = cassandra, parley.cluster.seed-nodes = \"one:1\" | parley.account.signing-key must",
        "cluster { seed-nodes = \"one:1\", discovery.dns-name = one } | only one may be set",
      })
  void settings_that_do_not_fit_together_stop_the_start(String lines, String message) {
    assertThatThrownBy(() -> load("parley." + lines))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(message);
  }

  @Test
  void the_file_for_a_cluster_takes_what_the_environment_has() {
    var file = Optional.of(Path.of("conf/cluster.conf"));
    var secret = Map.of("parley.account.signing-key", "0123456789abcdef0123456789abcdef");

    var settings = Settings.load(file, secret);

    assertThat(settings.store()).isEqualTo(Settings.Store.CASSANDRA);
    assertThat(settings.distributor()).isEqualTo(Settings.Queue.KAFKA);
  }
}
