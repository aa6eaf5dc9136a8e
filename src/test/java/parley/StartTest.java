package parley;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import parley.services.Loopback;

/** Nodes that cannot start. */
class StartTest {

  @TempDir private Path folder;

  @Test
  @Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_node_of_a_cluster_that_cannot_be_begun_ends_with_what_is_missing() {
    int port = Loopback.freePort();
    var settings =
        Settings.load(
            Optional.empty(),
            Map.of(
                "parley.data", folder.toString(),
                "parley.store", "cassandra",
                "parley.distributor", "direct",
                "parley.media.folder", folder.resolve("media").toString(),
                "parley.account.signing-key", "0123456789abcdef0123456789abcdef",
                "parley.cassandra.contact-points", "127.0.0.1:1",
                "parley.cassandra.connect-within", "10ms",
                "parley.http.port", "0",
                "parley.cluster.port", Integer.toString(port),
                "parley.cluster.seed-nodes", "127.0.0.1:" + port));

    assertThatThrownBy(() -> Parley.start(settings))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("Cassandra at 127.0.0.1:1 cannot be reached");
  }

  @Test
  @Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_setting_that_kafka_does_not_know_is_told_in_words() {
    var settings =
        Settings.load(
            Optional.empty(),
            Map.of(
                "parley.data", folder.toString(),
                "parley.distributor", "kafka",
                "parley.kafka.properties.\"security.protocol\"", "SASL_SSLL",
                "parley.http.port", "0"));

    assertThatThrownBy(() -> Parley.start(settings).awaitReady())
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("parley.kafka cannot be used: ")
        .hasMessageContaining("SASL_SSLL");
  }
}
