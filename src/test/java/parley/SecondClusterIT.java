package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import parley.services.RunningCassandra;
import parley.services.RunningKafka;
import parley.services.Services;

/** A node that starts while the others are too slow to answer waits for them. */
@ExtendWith(Services.class)
class SecondClusterIT {

  /** Longer than a first seed node of Akka's asks others, shorter than the charter is held. */
  private static final int STALL_SECONDS = 15;

  private static final String SETTINGS = "parley.account.hash-cost = \"m=8,t=1,p=1\"\n";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void a_first_seed_that_restarts_begins_no_cluster_beside_one_that_stalls(
      RunningCassandra cassandra, RunningKafka kafka) throws Exception {
    try (var cluster = RunningCluster.start(folder, SETTINGS, 3)) {
      var ann = ChatUser.register(cluster.uris().get(1), "ann");
      var ben = ChatUser.register(cluster.uris().get(1), "ben");
      cluster.kill(0);

      cluster.pause(1);
      cluster.pause(2);
      var started = CompletableFuture.runAsync(() -> cluster.start(0));
      var readyAlone = isDone(started);
      cluster.resume(1);
      cluster.resume(2);
      started.get(2, TimeUnit.MINUTES);

      assertThat(readyAlone).isFalse();
      ann.moveTo(cluster.uris().get(0));
      var id = ann.sentInTheEnd("ben", "one cluster", "c-1");
      ben.awaitArrival(id);
    }
  }

  private static boolean isDone(CompletableFuture<Void> started) throws Exception {
    try {
      started.get(STALL_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
