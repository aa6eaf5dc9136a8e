package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState;
import akka.cluster.sharding.typed.GetShardRegionState;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoneRegionsTest {

  private static final EntityTypeKey<String> KEY = EntityTypeKey.create(String.class, "user");
  private static final List<String> IDS = List.of("ann", "bob", "eve");

  @Test
  void a_node_that_goes_down_alone_waits_for_no_new_home_of_its_shards() {
    // Akka would wait for as long as the phase takes at the most.
    var patient =
        Map.of("akka.coordinated-shutdown.phases.cluster-sharding-shutdown-region.timeout", "50s");
    try (var nodes = new Nodes(patient)) {
      var node = nodes.add();
      host(node);
      LoneRegions.endWithTheirShards(node);
      wake(node);

      long start = System.nanoTime();
      nodes.remove(node);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    }
  }

  /** Each of them tells, when it stops, somebody who has never been awake. */
  private static void host(ActorSystem<?> node) {
    var users =
        Entity.of(
                KEY,
                entity ->
                    Behaviors.<String>receive((context, message) -> {
                      if (message.equals("stop")) {
                        ClusterSharding.get(context.getSystem())
                            .entityRefFor(KEY, entity.getEntityId() + "-asleep")
                            .tell("hello");
                        return Behaviors.stopped();
                      }
                      return Behaviors.same();
                    }))
            .withStopMessage("stop")
            .withRole(Role.USER.label());
    ClusterSharding.get(node).init(Placement.COORDINATOR.place(users, node.settings().config()));
  }

  private static void wake(ActorSystem<?> node) {
    var probe = TestProbe.<CurrentShardRegionState>create(node);
    for (var id : IDS) {
      ClusterSharding.get(node).entityRefFor(KEY, id).tell("wake up");
    }
    probe.awaitAssert(
        Duration.ofSeconds(30),
        () -> {
          ClusterSharding.get(node).shardState().tell(new GetShardRegionState(KEY, probe.ref()));
          assertThat(probe.receiveMessage(Duration.ofSeconds(10)).getShards()).hasSize(IDS.size());
          return null;
        });
  }
}
