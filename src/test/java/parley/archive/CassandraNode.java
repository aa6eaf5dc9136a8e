package parley.archive;

import static java.util.concurrent.TimeUnit.SECONDS;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;
import parley.services.RunningCassandra;

/** An actor system on a real Cassandra, with a keyspace of its own, for one test class. */
public final class CassandraNode implements AutoCloseable {

  private final ActorSystem system;
  private final CassandraCluster cluster;

  /** Makes a keyspace and its tables, and opens it, with these settings beside the usual ones. */
  public CassandraNode(RunningCassandra cassandra, Map<String, ?> more) throws Exception {
    var settings = new HashMap<String, Object>(more);
    settings.putAll(settings(cassandra, cassandra.freshName()));
    settings.put("parley.cassandra.create-schema", "on");
    var config = config(settings);
    system = ActorSystem.create("cassandra", config);
    cluster = CassandraCluster.open(system).toCompletableFuture().get(60, SECONDS);
  }

  /** What a node is told to keep everything in the keyspace of that Cassandra. */
  public static Map<String, String> settings(RunningCassandra cassandra, String keyspace) {
    var address = cassandra.contactPoint();
    return Map.of(
        "parley.cassandra.contact-points",
        address.getHostString() + ":" + address.getPort(),
        "parley.cassandra.local-datacenter",
        cassandra.datacenter(),
        "parley.cassandra.replication",
        cassandra.datacenter() + ":1",
        "parley.cassandra.keyspace",
        keyspace);
  }

  /** The configuration of a node whose store is Cassandra, with these settings. */
  static Config config(Map<String, ?> settings) {
    var all = new HashMap<String, Object>(settings);
    all.put("akka.actor.provider", "local");
    all.put("akka.loglevel", "warning");
    return ConfigFactory.parseMap(all)
        .withFallback(ConfigFactory.parseResources("cassandra-store.conf"))
        .withFallback(ConfigFactory.parseResources("application.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  public ActorSystem system() {
    return system;
  }

  public CassandraCluster cluster() {
    return cluster;
  }

  CqlSession session() throws Exception {
    return cluster.session().toCompletableFuture().get(10, SECONDS);
  }

  /** How many rows the table has. */
  public long count(String table) throws Exception {
    var keyspace = CassandraSettings.of(system.settings().config()).keyspace();
    var count = "SELECT count(*) FROM %s.%s".formatted(keyspace, table);
    return session().execute(count).one().getLong(0);
  }

  @Override
  public void close() {
    TestKit.shutdownActorSystem(system);
  }
}
