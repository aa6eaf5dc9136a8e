package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
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

  private static final String EVERYTHING = "api,worker,user";
  private static final Map<String, String> ENVIRONMENT = new HashMap<>();
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final List<RunningNode> NODES = new CopyOnWriteArrayList<>();

  @TempDir private static Path folder;

  @BeforeAll
  static void make_keyspace_and_topics() {
    var cassandra = RunningCassandra.shared();
    var kafka = RunningKafka.shared();
    var contact = cassandra.contactPoint();
    ENVIRONMENT.put(
        "PARLEY_CASSANDRA_CONTACT_POINTS", contact.getHostString() + ":" + contact.getPort());
    ENVIRONMENT.put("PARLEY_CASSANDRA_DATACENTER", cassandra.datacenter());
    ENVIRONMENT.put("PARLEY_CASSANDRA_REPLICATION", cassandra.datacenter() + ":1");
    ENVIRONMENT.put("PARLEY_CASSANDRA_KEYSPACE", cassandra.freshName());
    ENVIRONMENT.put("PARLEY_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    ENVIRONMENT.put("PARLEY_KAFKA_TOPIC", kafka.freshName());
    ENVIRONMENT.put("PARLEY_KAFKA_DEAD_LETTER_TOPIC", kafka.freshName());
    ENVIRONMENT.put("PARLEY_KAFKA_GROUP", kafka.freshName());
    ENVIRONMENT.put("PARLEY_KAFKA_PARTITIONS", "6");
    ENVIRONMENT.put("PARLEY_KAFKA_REPLICATION_FACTOR", "1");
    ENVIRONMENT.put("PARLEY_KAFKA_MIN_INSYNC_REPLICAS", "1");
    ENVIRONMENT.put("PARLEY_SIGNING_KEY", "0123456789abcdef0123456789abcdef");
    ENVIRONMENT.put("PARLEY_HASH_COST", "m=8,t=1,p=1");
    ENVIRONMENT.put("PARLEY_MEDIA_STORE", "folder");
    ENVIRONMENT.put("PARLEY_MEDIA_FOLDER", folder.resolve("media").toString());
    ENVIRONMENT.put("PARLEY_DRAIN_DELAY", "0s");
    ENVIRONMENT.put("PARLEY_JAVA_OPTS", RunningNode.SHORT_LIVED + "-Xmx384m");
    assertThat(RunningNode.run(ENVIRONMENT, "schema", "--config", CONFIG).exitCode()).isZero();
  }

  /** Begins a cluster of its own, after the one before has ended. */
  private static RunningNode first(String roles) {
    var seed = Integer.toString(Loopback.freePort());
    ENVIRONMENT.put("PARLEY_SEED_NODES", "127.0.0.1:" + seed);
    return node(roles, seed);
  }

  /** One more in the cluster. */
  private static RunningNode another(String roles) {
    return node(roles, "0");
  }

  private static RunningNode node(String roles, String clusterPort) {
    var own = new HashMap<>(ENVIRONMENT);
    own.put("PARLEY_CLUSTER_PORT", clusterPort);
    own.put("PARLEY_ROLES", roles);
    var node = RunningNode.start(folder.resolve("node-" + NUMBERS.incrementAndGet()), own);
    NODES.add(node);
    return node;
  }

  /** In order, the first one last: so that the next cluster need not wait for this one. */
  private static void endNodes() {
    NODES.reversed().forEach(RunningNode::terminate);
    NODES.clear();
  }

  /** Nodes that do everything. The first one stays, others come and go. */
  @Nested
  class AllInOne {

    private static RunningNode stays;

    @BeforeAll
    static void begin() {
      stays = first(EVERYTHING);
    }

    @AfterAll
    static void end() {
      endNodes();
    }

    @Test
    void what_is_sent_on_one_node_is_received_on_another() {
      var other = another(EVERYTHING);
      var ann = ChatUser.register(stays.uri(), "ann");
      var ben = ChatUser.register(other.uri(), "ben");

      try (var socket = SocketClient.live(SocketLibrary.JDK, ben)) {
        var sent = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
          sent.add(ann.sent("ben", "m" + i, "c" + i));
        }

        assertThat(socket.await("message", 20))
            .extracting(frame -> frame.get("message").get("id").textValue())
            .containsExactlyElementsOf(sent);
      }
      assertThat(ChatUser.signIn(stays.uri(), "ben").unread(7)).hasSize(20);
      assertThat(other.terminate()).isZero();
    }

    @Test
    void a_node_that_is_ended_under_traffic_loses_and_doubles_nothing() {
      var goes = another(EVERYTHING);
      var cora = ChatUser.register(stays.uri(), "cora");
      var dan = ChatUser.register(stays.uri(), "dan");
      var sent = new ArrayList<String>();
      var ending = new CompletableFuture<Integer>();
      for (int i = 0; i < 200; i++) {
        if (i == 50) {
          ending.completeAsync(goes::terminate);
        }
        sent.add(cora.sentInTheEnd("dan", "m" + i, "c" + i));
      }

      assertThat(ending.join()).as("exit code").isZero();
      assertThat(dan.unread(100))
          .extracting(message -> message.get("id").textValue())
          .containsExactlyElementsOf(sent);
    }
  }

  @Nested
  class OneRoleEach {

    @AfterEach
    void end() {
      endNodes();
    }

    @Test
    void api_worker_and_user_nodes_work_together() {
      var user = first("user");
      var worker = CompletableFuture.supplyAsync(() -> another("worker"));
      var api = another("api");
      var eve = ChatUser.register(api.uri(), "eve");
      var fred = ChatUser.register(api.uri(), "fred");

      try (var socket = SocketClient.live(SocketLibrary.JDK, fred)) {
        eve.sent("fred", "hello", "c1");

        assertThat(SocketFixture.said(socket.await("message"))).isEqualTo("hello");
      }
      for (var node : List.of(user, worker.join())) {
        assertThat(status(node, "/health/ready")).isEqualTo(200);
        assertThat(status(node, "/metrics")).isEqualTo(200);
        assertThat(status(node, "/messages")).isEqualTo(503);
      }
    }
  }

  private static int status(RunningNode node, String path) {
    return ChatUser.call(node.uri(), "GET", path, "").statusCode();
  }
}
