package parley.archive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.services.RunningCassandra;
import parley.services.Services;

@ExtendWith(Services.class)
class CassandraClusterIT {

  private final List<ActorSystem> systems = new ArrayList<>();

  @AfterEach
  void stop() {
    systems.forEach(TestKit::shutdownActorSystem);
  }

  private ActorSystem system(RunningCassandra cassandra, String keyspace, Map<String, ?> more) {
    var settings = new HashMap<String, Object>(CassandraNode.settings(cassandra, keyspace));
    settings.putAll(more);
    var system = ActorSystem.create("cluster", CassandraNode.config(settings));
    systems.add(system);
    return system;
  }

  /** The one line that opening it fails with. */
  private static String failure(ActorSystem system) {
    var failure =
        catchThrowable(() -> CassandraCluster.open(system).toCompletableFuture().get(60, SECONDS));
    assertThat(failure).isInstanceOf(ExecutionException.class);
    assertThat(failure.getCause()).isInstanceOf(CassandraException.class);
    assertThat(failure.getCause().getMessage()).doesNotContain("\n");
    return failure.getCause().getMessage();
  }

  private static void createSchema(ActorSystem system, List<String> done) throws Exception {
    CassandraCluster.createSchema(system, done::add).toCompletableFuture().get(60, SECONDS);
  }

  @Test
  void a_missing_schema_says_how_to_make_it(RunningCassandra cassandra) {
    var keyspace = cassandra.freshName();

    assertThat(failure(system(cassandra, keyspace, Map.of())))
        .startsWith("Cassandra has no table journal, ")
        .contains("archive_buckets")
        .endsWith("in keyspace " + keyspace + ": run bin/parley schema once");
  }

  @Test
  void a_schema_that_was_made_is_found_and_made_again_without_harm(RunningCassandra cassandra)
      throws Exception {
    var keyspace = cassandra.freshName();
    var first = new ArrayList<String>();
    var again = new ArrayList<String>();
    createSchema(system(cassandra, keyspace, Map.of()), first);
    createSchema(system(cassandra, keyspace, Map.of()), again);

    var cluster =
        CassandraCluster.open(system(cassandra, keyspace, Map.of()))
            .toCompletableFuture()
            .get(60, SECONDS);

    assertThat(cluster.check().toCompletableFuture().get(10, SECONDS)).isNotNull();
    assertThat(first).isEqualTo(again).hasSize(11);
    assertThat(first.getFirst()).startsWith("CREATE KEYSPACE IF NOT EXISTS " + keyspace);
  }

  @Test
  void a_data_centre_that_is_not_there_is_named_with_those_that_are(RunningCassandra cassandra) {
    var elsewhere = Map.of("parley.cassandra.local-datacenter", "mars");

    assertThat(failure(system(cassandra, cassandra.freshName(), elsewhere)))
        .contains("has no data centre mars but datacenter1: set parley.cassandra.local-datacenter");
  }

  @Test
  void a_cassandra_that_cannot_be_reached_is_tried_again_for_a_while(RunningCassandra cassandra) {
    var nowhere =
        Map.of(
            "parley.cassandra.contact-points", "127.0.0.1:1",
            "parley.cassandra.connect-within", "1s",
            "parley.cassandra.connect-again-after", "300ms");

    assertThat(failure(system(cassandra, cassandra.freshName(), nowhere)))
        .isEqualTo(
            "Cassandra at 127.0.0.1:1 cannot be reached, for PT1S: start it, or check"
                + " parley.cassandra.contact-points");
  }

  @Test
  void too_few_nodes_for_the_replication_are_noticed(RunningCassandra cassandra) {
    var three = Map.of("parley.cassandra.replication", "datacenter1:3");
    var system = system(cassandra, cassandra.freshName(), three);

    var failure = catchThrowable(() -> createSchema(system, new ArrayList<>()));

    assertThat(failure.getCause())
        .isInstanceOf(CassandraException.class)
        .hasMessage(
            "Cassandra does not answer: consistency LOCAL_QUORUM needs 2 copies up and has 1:"
                + " start more nodes, or see replication");
  }

  @Test
  void a_pause_of_cassandra_is_noticed_and_overcome(RunningCassandra cassandra) throws Exception {
    var quick = Map.of("parley.cassandra.request-timeout", "500ms");
    var keyspace = cassandra.freshName();
    createSchema(system(cassandra, keyspace, Map.of()), new ArrayList<>());
    var cluster =
        CassandraCluster.open(system(cassandra, keyspace, quick))
            .toCompletableFuture()
            .get(60, SECONDS);

    cassandra.pause();
    Throwable paused = null;
    try {
      // Not all of its threads stop at the same moment.
      for (int i = 0; i < 100 && paused == null; i++) {
        paused = catchThrowable(() -> cluster.check().toCompletableFuture().get(30, SECONDS));
      }
    } finally {
      cassandra.resume();
    }

    assertThat(paused.getCause()).isInstanceOf(CassandraException.class);
    assertThat(cluster.check().toCompletableFuture().get(30, SECONDS)).isNotNull();
  }
}
