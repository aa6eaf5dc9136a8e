package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** When a node that has joined has found out who says where users are. */
class CoordinatorsIT {

  private static final EntityTypeKey<String> KEY = EntityTypeKey.create(String.class, "user");
  private static final Map<String, Object> USERS_ALONE =
      Map.of(
          "akka.cluster.sharding.healthcheck.names",
          List.of("user"),
          "akka.cluster.sharding.healthcheck.disabled-after",
          "10m");
  private static final long LIMIT_SECONDS = 25;

  @Test
  void a_node_waits_for_the_coordinator_that_another_brings() throws Exception {
    try (var nodes = new Nodes(USERS_ALONE)) {
      // The oldest, which is the one to have the coordinator; it has not started its region yet.
      var oldest = nodes.add();
      var other = nodes.add();
      start(other);
      var found = Coordinators.found(other).toCompletableFuture();
      assertThat(endsWithin(found, 3)).isFalse();

      start(oldest);

      found.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      Coordinators.found(oldest).toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static boolean endsWithin(Future<?> future, long seconds) throws Exception {
    try {
      future.get(seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private static void start(ActorSystem<?> system) {
    var users =
        Entity.of(KEY, entity -> Behaviors.<String>receiveMessage(any -> Behaviors.same()))
            .withRole(Role.USER.label());
    ClusterSharding.get(system).init(users);
  }
}
