package parley;

import static java.util.stream.Collectors.toMap;
import static org.apache.kafka.clients.admin.RecordsToDelete.beforeOffset;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import parley.services.Loopback;
import parley.services.RunningCassandra;
import parley.services.RunningKafka;
import parley.services.Services;

/**
 * A node whose Cassandra or Kafka is not there, or not as it should be: it says which one on one
 * line and in its health, and goes on by itself when that is mended.
 */
@ExtendWith(Services.class)
class OutageIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final OnCluster services = new OnCluster();
  private final int port = Loopback.freePort();

  private RunningNode node(String settings) {
    return RunningNode.begin(port, folder.resolve("node"), settings, "-Xmx384m");
  }

  /** As a node needs them; what is given wins. */
  private String settings(String own) {
    return services.settings(folder.resolve("node")) + SocketFixture.SETTINGS + own;
  }

  @Test
  void a_node_waits_for_what_is_not_there_and_comes_back_when_it_was_away(
      RunningCassandra cassandra, RunningKafka kafka) {
    int cqlPort = cassandra.contactPoint().getPort();
    try (var toCassandra = new Cable(URI.create("tcp://127.0.0.1:" + cqlPort));
        var toKafka = new Cable(URI.create("tcp://" + kafka.bootstrapServers()))) {
      toCassandra.cut();
      toKafka.cut();
      var reached =
          """
          parley.cassandra.contact-points = "127.0.0.1:%d"
          parley.kafka { bootstrap-servers = "127.0.0.1:%d", check-interval = 500ms }
          """
              .formatted(toCassandra.uri().getPort(), toKafka.uri().getPort());
      try (var node = node(settings(reached))) {
        awaitHealth(node, "cassandra is down, not connected yet", "kafka is down, Kafka does not");
        awaitLine(node, "Cassandra cannot be reached, will try again");
        awaitLine(node, "Kafka cannot be used, will look again: Kafka does not answer at");

        toCassandra.mend();
        toKafka.mend();
        node.awaitReady();
        awaitReady(node);

        var ann = ChatUser.register(node.uri(), "ann");
        var ben = ChatUser.register(node.uri(), "ben");
        ann.sent("ben", "before", "c-0");
        survives(node, ann, "cassandra", cassandra::pause, cassandra::resume);
        survives(node, ann, "kafka", kafka::pause, kafka::resume);
        assertTold(node);
        await(() -> ben.unread(10).size() == 3, () -> "unread: " + ben.unread(10));
      }
    }
  }

  /** While a part is away sends are refused, and what was refused may be repeated. */
  private static void survives(
      RunningNode node, ChatUser ann, String part, Runnable pause, Runnable resume) {
    pause.run();
    try {
      awaitHealth(node, part + " is down, ");
      var refused = ann.send("ben", "during", "c-" + part);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(ChatUser.json(refused).get("retryable").booleanValue()).isTrue();
    } finally {
      resume.run();
    }
    awaitReady(node);
    await(
        () -> ann.send("ben", "during", "c-" + part).statusCode() == 200,
        () -> "never sent again; " + node.log());
  }

  /** Every warning is about one of the two, and on a line of its own. */
  private static void assertTold(RunningNode node) {
    assertThat(node.log().lines())
        .anyMatch(line -> line.contains("Cassandra cannot be used, will look again: "))
        .anyMatch(line -> line.contains("Cassandra can be used again"))
        .noneMatch(line -> line.startsWith("\tat "));
  }

  @Test
  void without_its_tables_a_node_ends_and_says_what_makes_them() {
    var config = file(settings("parley.cassandra.create-schema = off"));
    var data = folder.resolve("node").toString();

    var ended = RunningNode.run("--port", "0", "--data", data, "--config", config);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines().toList())
        .last()
        .asString()
        .startsWith("parley: Cassandra has no table ")
        .endsWith(": run bin/parley schema once");
    assertThat(ended.err()).doesNotContain("\tat ");
  }

  @Test
  void without_its_topics_a_node_waits_for_the_step_that_makes_them() {
    var settings = settings("parley.kafka { create-topics = off, check-interval = 500ms }");
    try (var node = node(settings)) {
      node.awaitReady();
      awaitHealth(node, "kafka is down, Kafka has no topic ", "run bin/parley schema");
      awaitLine(node, "Kafka cannot be used, will look again: Kafka has no topic ");

      assertThat(RunningNode.run("schema", "--config", file(settings)).exitCode()).isZero();

      awaitReady(node);
      ChatUser.register(node.uri(), "ben");
      ChatUser.register(node.uri(), "ann").sent("ben", "hello", "c-1");
    }
  }

  @Test
  void what_kafka_has_lost_comes_from_the_archive(RunningKafka kafka) throws Exception {
    var topic = kafka.freshName();
    var own = "parley.kafka { topic = %s, worker.gap-patience = 1s }%n".formatted(topic);
    ChatUser ann;
    ChatUser ben;
    try (var node = node(settings(own + "parley.roles = \"api,user\""))) {
      node.awaitReady();
      ann = ChatUser.register(node.uri(), "ann");
      ben = ChatUser.register(node.uri(), "ben");
      ann.sent("ben", "first", "c-1");
      ann.sent("ben", "second", "c-2");
    }
    deleteRecords(kafka, topic);

    try (var node = node(settings(own))) {
      node.awaitReady();
      awaitReady(node);
      ann.sent("ben", "third", "c-3");
      await(() -> ben.unread(10).size() == 3, () -> "unread: " + ben.unread(10) + node.log());

      assertThat(ben.unread(10))
          .extracting(message -> message.get("content").get("text").textValue())
          .containsExactly("first", "second", "third");
      awaitLine(node, "Deliveries were lost, user=ben");
      // The second is handed over again when its sender had not noted that it was.
      assertThat(ChatUser.call(node.uri(), "GET", "/metrics", "").body())
          .containsPattern("parley_deliveries_lost_total [12]\\.0");
      ann.sent("ben", "fourth", "c-4");
      await(() -> ben.unread(10).size() == 4, () -> "unread: " + ben.unread(10));
    }
  }

  private static void deleteRecords(RunningKafka kafka, String topic) throws Exception {
    var servers = AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;
    try (var admin = Admin.create(Map.of(servers, kafka.bootstrapServers()))) {
      var partitions =
          IntStream.range(0, 6).mapToObj(partition -> new TopicPartition(topic, partition));
      admin.deleteRecords(partitions.collect(toMap(it -> it, it -> beforeOffset(-1)))).all().get();
    }
  }

  private String file(String settings) {
    try {
      return Files.writeString(folder.resolve("step.conf"), settings).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long deadline = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(deadline - System.nanoTime()).as(otherwise).isPositive();
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitHealth(RunningNode node, String... told) {
    await(
        () -> health(node).startsWith("503") && Stream.of(told).allMatch(health(node)::contains),
        () -> health(node) + "\n" + node.log());
  }

  private static void awaitReady(RunningNode node) {
    await(() -> health(node).startsWith("200"), () -> health(node) + "\n" + node.log());
  }

  /** Status and body; at first nobody listens yet. */
  private static String health(RunningNode node) {
    try {
      var answer = ChatUser.call(node.uri(), "GET", "/health/ready", "");
      return answer.statusCode() + " " + answer.body();
    } catch (UncheckedIOException e) {
      return e.getMessage();
    }
  }

  private static void awaitLine(RunningNode node, String part) {
    await(() -> node.log().lines().anyMatch(line -> line.contains(part)), node::log);
  }
}
