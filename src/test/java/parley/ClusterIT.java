package parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import parley.services.Loopback;
import parley.services.RunningCassandra;
import parley.services.RunningKafka;
import parley.services.Services;

/** Nodes of one cluster, each a process of its own, with a real Cassandra and a real Kafka. */
@ExtendWith(Services.class)
class ClusterIT {

  private static final String CONFIG =
      Path.of(System.getProperty("parley.home", "."), "conf/cluster.conf").toString();

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final List<RunningNode> nodes = new ArrayList<>();

  @BeforeEach
  void make_keyspace_and_topics(RunningCassandra cassandra, RunningKafka kafka) {
    var contact = cassandra.contactPoint();
    environment.put(
        "PARLEY_CASSANDRA_CONTACT_POINTS", contact.getHostString() + ":" + contact.getPort());
    environment.put("PARLEY_CASSANDRA_DATACENTER", cassandra.datacenter());
    environment.put("PARLEY_CASSANDRA_REPLICATION", cassandra.datacenter() + ":1");
    environment.put("PARLEY_CASSANDRA_KEYSPACE", cassandra.freshName());
    environment.put("PARLEY_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    environment.put("PARLEY_KAFKA_TOPIC", kafka.freshName());
    environment.put("PARLEY_KAFKA_DEAD_LETTER_TOPIC", kafka.freshName());
    environment.put("PARLEY_KAFKA_GROUP", kafka.freshName());
    environment.put("PARLEY_KAFKA_PARTITIONS", "6");
    environment.put("PARLEY_KAFKA_REPLICATION_FACTOR", "1");
    environment.put("PARLEY_KAFKA_MIN_INSYNC_REPLICAS", "1");
    environment.put("PARLEY_SIGNING_KEY", "0123456789abcdef0123456789abcdef");
    environment.put("PARLEY_HASH_COST", "m=8,t=1,p=1");
    environment.put("PARLEY_DRAIN_DELAY", "0s");
    environment.put("PARLEY_JAVA_OPTS", "-Xmx384m");
    environment.put("PARLEY_SEED_NODES", "127.0.0.1:" + Loopback.freePort());
    assertThat(RunningNode.run(environment, "schema", "--config", CONFIG).exitCode()).isZero();
  }

  @AfterEach
  void end_nodes() {
    nodes.forEach(RunningNode::close);
  }

  /** One more node; the first one is the seed. */
  private RunningNode node(String roles) {
    var own = new HashMap<>(environment);
    var seed = environment.get("PARLEY_SEED_NODES").split(":")[1];
    own.put("PARLEY_CLUSTER_PORT", nodes.isEmpty() ? seed : "0");
    own.put("PARLEY_ROLES", roles);
    var node = RunningNode.start(folder.resolve("node" + nodes.size()), own);
    nodes.add(node);
    return node;
  }

  @Test
  void what_is_sent_on_one_node_is_received_on_another() {
    var first = node("api,worker,user");
    var second = node("api,worker,user");
    var ann = ChatUser.register(first.uri(), "ann");
    var ben = ChatUser.register(second.uri(), "ben");

    try (var socket = SocketClient.live(SocketLibrary.JDK, ben)) {
      var sent = new ArrayList<String>();
      for (int i = 0; i < 20; i++) {
        sent.add(ann.sent("ben", "m" + i, "c" + i));
      }

      assertThat(socket.await("message", 20))
          .extracting(frame -> frame.get("message").get("id").textValue())
          .containsExactlyElementsOf(sent);
    }
    assertThat(ChatUser.signIn(first.uri(), "ben").unread(7)).hasSize(20);
  }

  @Test
  void api_worker_and_user_nodes_work_together() {
    var user = node("user");
    var worker = node("worker");
    var api = node("api");
    var ann = ChatUser.register(api.uri(), "ann");
    var ben = ChatUser.register(api.uri(), "ben");

    try (var socket = SocketClient.live(SocketLibrary.JDK, ben)) {
      ann.sent("ben", "hello", "c1");

      assertThat(SocketFixture.said(socket.await("message"))).isEqualTo("hello");
    }
    for (var node : List.of(user, worker)) {
      assertThat(status(node, "/health/ready")).isEqualTo(200);
      assertThat(status(node, "/metrics")).isEqualTo(200);
      assertThat(status(node, "/messages")).isEqualTo(503);
    }
  }

  private static int status(RunningNode node, String path) {
    return ChatUser.call(node.uri(), "GET", path, "").statusCode();
  }

  @Test
  void a_node_that_is_ended_under_traffic_loses_and_doubles_nothing() {
    var stays = node("api,worker,user");
    var goes = node("api,worker,user");
    var ann = ChatUser.register(stays.uri(), "ann");
    var ben = ChatUser.register(stays.uri(), "ben");
    var sent = new ArrayList<String>();
    var ending = new Thread(() -> assertThat(goes.terminate()).isZero());
    for (int i = 0; i < 200; i++) {
      if (i == 50) {
        ending.start();
      }
      sent.add(repeated(ann, i));
    }
    join(ending);

    assertThat(ben.unread(100))
        .extracting(message -> message.get("id").textValue())
        .containsExactlyElementsOf(sent);
  }

  /** Sends as a client does: what is refused as busy is repeated, under the same client id. */
  private static String repeated(ChatUser ann, int i) {
    for (int attempt = 0; attempt < 10; attempt++) {
      var answer = ann.send("ben", "m" + i, "c" + i);
      if (answer.statusCode() == 200) {
        JsonNode sent = ChatUser.json(answer);
        return sent.get("id").textValue();
      }
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    }
    throw new AssertionError("Not sent: m" + i);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
