package parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import parley.services.RunningCassandra;
import parley.services.RunningKafka;
import parley.services.Services;

/**
 * The same for a node of a cluster: what is in Cassandra (journal, snapshots, archive), in Kafka,
 * in the folder with the media, and in the log.
 */
@ExtendWith(Services.class)
class ClusterSecrecyIT {

  private static final Duration POLL = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void all_that_a_cluster_keeps_tells_nothing_of_what_was_said_encrypted(
      RunningCassandra cassandra, RunningKafka kafka) throws Exception {
    var keyspace = cassandra.freshName() + "_secrecy";
    var topics = kafka.freshName() + "-secrecy";
    var settings = new HashMap<String, Object>(common());
    settings.putAll(onCassandra(cassandra, keyspace));
    settings.putAll(onKafka(kafka, topics));
    var dump = new Dump();

    try (var log = new CaughtLog()) {
      try (var node = new Node(conf(), settings)) {
        SecretChat.hold(node.uri());
      }
      log.lines().forEach(dump.place("log"));
    }
    tables(cassandra, keyspace, dump);
    topics(kafka, topics, dump);
    SecrecyIT.files(folder.resolve("media"), dump.place("media"));
    SecrecyIT.files(folder, dump.place("files"));

    assertThat(dump.placesOf(SecretChat.PLAIN))
        .contains("table journal", "table archive", "topics")
        .doesNotContain("log");
    assertThat(dump.placesOf(SecretChat.PLAIN_FILE)).contains("media");
    assertThat(SecretChat.SECRETS)
        .allSatisfy(secret -> assertThat(dump.placesOf(secret)).isEmpty());
  }

  private static Optional<Path> conf() {
    return Optional.of(Path.of(System.getProperty("parley.home"), "conf/cluster.conf"));
  }

  private Map<String, ?> common() {
    return Map.of(
        "parley.data",
        folder.toString(),
        "parley.http.port",
        0,
        "parley.http.drain-delay",
        "0s",
        "parley.cluster.port",
        0,
        "parley.account.signing-key",
        "known to all nodes of the tests, and to nobody else",
        "parley.account.hash-cost",
        "m=8,t=1,p=1",
        "parley.media.store",
        "folder",
        "parley.media.folder",
        folder.resolve("media").toString());
  }

  private static Map<String, ?> onCassandra(RunningCassandra cassandra, String keyspace) {
    return Map.of(
        "parley.cassandra.contact-points",
        "127.0.0.1:" + cassandra.contactPoint().getPort(),
        "parley.cassandra.local-datacenter",
        cassandra.datacenter(),
        "parley.cassandra.replication",
        cassandra.datacenter() + ":1",
        "parley.cassandra.keyspace",
        keyspace,
        "parley.cassandra.create-schema",
        "on");
  }

  private static Map<String, ?> onKafka(RunningKafka kafka, String name) {
    return Map.of(
        "parley.kafka.bootstrap-servers",
        kafka.bootstrapServers(),
        "parley.kafka.topic",
        name + "-deliveries",
        "parley.kafka.dead-letter-topic",
        name + "-dead-letters",
        "parley.kafka.group",
        name,
        "parley.kafka.create-topics",
        "on",
        "parley.kafka.partitions",
        2,
        "parley.kafka.replication-factor",
        1,
        "parley.kafka.min-insync-replicas",
        1);
  }

  /** Every column of every row of every table. */
  private static void tables(RunningCassandra cassandra, String keyspace, Dump dump) {
    try (var session =
        CqlSession.builder()
            .addContactPoint(cassandra.contactPoint())
            .withLocalDatacenter(cassandra.datacenter())
            .build()) {
      var tables = session.getMetadata().getKeyspace(keyspace).orElseThrow().getTables().keySet();
      assertThat(tables).isNotEmpty();
      for (var table : tables) {
        var place = dump.place("table " + table.asInternal());
        for (var row : session.execute("SELECT * FROM %s.%s".formatted(keyspace, table))) {
          for (int i = 0; i < row.size(); i++) {
            Optional.ofNullable(row.getBytesUnsafe(i))
                .map(ClusterSecrecyIT::bytes)
                .ifPresent(place);
          }
        }
      }
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Keys, values and headers of all records in topics of that name. */
  private static void topics(RunningKafka kafka, String name, Dump dump) {
    var place = dump.place("topics");
    var settings = new Properties();
    settings.put("bootstrap.servers", kafka.bootstrapServers());
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      var partitions =
          consumer.listTopics().values().stream()
              .flatMap(each -> each.stream())
              .filter(each -> each.topic().startsWith(name))
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(it -> consumer.position(it.getKey()) < it.getValue())) {
        for (var record : consumer.poll(POLL)) {
          Optional.ofNullable(record.key()).ifPresent(place);
          Optional.ofNullable(record.value()).ifPresent(place);
          record.headers().forEach(header -> place.accept(header.value()));
        }
      }
    }
  }
}
