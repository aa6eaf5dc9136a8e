package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchemaStepTest {

  private static List<String> run(boolean print, Map<String, ?> settings) {
    var told = new ByteArrayOutputStream();
    var out = new PrintStream(told, true, StandardCharsets.UTF_8);
    var all = new HashMap<String, Object>(settings);
    all.put("parley.cassandra.keyspace", "chat");
    SchemaStep.run(Settings.load(Optional.empty(), all), print, out);
    return told.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void it_prints_statements_that_make_what_is_missing() {
    var cql = run(true, Map.of("parley.cassandra.replication", "eu:3,us:2"));

    assertThat(cql)
        .startsWith(
            "CREATE KEYSPACE IF NOT EXISTS chat WITH REPLICATION ="
                + " {'class': 'NetworkTopologyStrategy', 'eu': 3, 'us': 2};")
        .allMatch(line -> line.contains(" IF NOT EXISTS chat") && line.endsWith(";"));
    for (var table : List.of("journal", "snapshots", "archive", "archive_buckets", "clusters")) {
      assertThat(cql)
          .anyMatch(line -> line.startsWith("CREATE TABLE IF NOT EXISTS chat." + table + " ("));
    }
  }

  @Test
  void a_cassandra_that_is_not_there_ends_it_with_one_line() {
    var nowhere =
        Map.of(
            "parley.cassandra.contact-points", "127.0.0.1:1",
            "parley.cassandra.connect-within", "10ms");

    assertThatThrownBy(() -> run(false, nowhere))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("Cassandra at 127.0.0.1:1 cannot be reached");
  }

  @Test
  void a_wrong_setting_ends_it_with_one_line() {
    assertThatThrownBy(() -> run(true, Map.of("parley.cassandra.replication", "3")))
        .isInstanceOf(StartFailure.class)
        .hasMessageStartingWith("parley.cassandra.replication must be data-centre:copies");
  }
}
