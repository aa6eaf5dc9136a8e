package parley;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import parley.services.RunningCassandra;
import parley.services.RunningKafka;

/**
 * Lets the nodes of a test class run with conf/cluster.conf, on a real Cassandra and a real Kafka.
 * A node's folder stands for a keyspace and topics, so a node that is started on the same folder
 * again finds what the one before it has left.
 */
final class OnCluster implements Deployment, BeforeAllCallback, AfterAllCallback {

  private static final Path CONFIG =
      Path.of(System.getProperty("parley.home"), "conf/cluster.conf");

  private final Map<Path, String> names = new ConcurrentHashMap<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    RunningCassandra.shared();
    RunningKafka.shared();
    RunningNode.runOn(this);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    RunningNode.runOn(Deployment.EMBEDDED);
  }

  /** Alone in its cluster, on free ports; it makes the schema itself, with one copy of all. */
  @Override
  public String settings(Path data) {
    var cassandra = RunningCassandra.shared();
    var kafka = RunningKafka.shared();
    return """
    include required(file("%s"))
    parley {
      cluster.port = 0
      http.drain-delay = 0s
      account.signing-key = "known to all nodes of the tests, and to nobody else"
      media { store = folder, folder = "%8$s" }
      cassandra {
        contact-points = "127.0.0.1:%d"
        local-datacenter = %s
        replication = "%s:1"
        keyspace = %s
        create-schema = on
      }
      kafka {
        bootstrap-servers = "%s"
        topic = %7$s-deliveries
        dead-letter-topic = %7$s-dead-letters
        group = %7$s
        create-topics = on
        partitions = 6
        replication-factor = 1
        min-insync-replicas = 1
      }
    }
    """
        .formatted(
            CONFIG,
            cassandra.contactPoint().getPort(),
            cassandra.datacenter(),
            cassandra.datacenter(),
            names.computeIfAbsent(data, folder -> cassandra.freshName()),
            kafka.bootstrapServers(),
            names.get(data),
            data.resolve("media-of-all"));
  }
}
