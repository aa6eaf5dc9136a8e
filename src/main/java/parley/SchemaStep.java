package parley;

import akka.actor.ActorSystem;
import com.typesafe.config.ConfigFactory;
import java.io.PrintStream;
import java.util.concurrent.CompletionException;
import parley.archive.CassandraCluster;
import parley.archive.CassandraException;
import parley.archive.CassandraSchema;
import parley.distribution.KafkaProblem;
import parley.distribution.KafkaSettings;
import parley.distribution.KafkaTopics;

/**
 * {@code parley schema}: Cassandra's keyspace and tables, and Kafka's topics, made once before the
 * first node.
 */
final class SchemaStep {

  /** The plugin's own statements need an actor system; this one talks to nobody. */
  private static final String ALONE =
      """
      akka.actor.provider = local
      akka.loglevel = WARNING
      """;

  private SchemaStep() {}

  /**
   * Makes what is missing and says what it did, or only prints the CQL; blocks until then. Throws
   * {@link StartFailure} when it cannot.
   */
  static void run(Settings settings, boolean print, PrintStream out) {
    var config = ConfigFactory.parseString(ALONE).withFallback(settings.config());
    var system = ActorSystem.create("schema", config);
    try {
      if (print) {
        new CassandraSchema(system).statements().forEach(cql -> out.println(cql + ";"));
        return;
      }
      CassandraCluster.createSchema(system, cql -> out.println("Done: " + cql))
          .toCompletableFuture()
          .join();
      out.println("Cassandra has all tables.");
      if (settings.distributor() == Settings.Queue.KAFKA) {
        makeTopics(settings.kafka(), out);
      }
    } catch (CassandraException | KafkaProblem e) {
      throw new StartFailure(e.getMessage(), e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof CassandraException cassandra
          ? new StartFailure(cassandra.getMessage(), cassandra)
          : e;
    } finally {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }

  private static void makeTopics(KafkaSettings settings, PrintStream out) {
    try (var topics = new KafkaTopics(settings)) {
      try {
        var made = topics.create().toCompletableFuture().join();
        made.forEach(topic -> out.println("Done: topic " + topic));
        out.println("Kafka has all topics.");
      } catch (CompletionException e) {
        throw new StartFailure(e.getCause().getMessage(), e);
      }
    }
  }
}
