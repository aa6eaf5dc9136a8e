package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState;
import akka.cluster.sharding.typed.GetShardRegionState;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where real nodes put a thousand shards, and which of them move when one joins or leaves. */
class PlacementIT {

  private static final int SHARDS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LOOKS_AT_REST = 14;
  private static final EntityTypeKey<String> KEY = EntityTypeKey.create(String.class, "user");

  /** Smaller pauses than in production, and all else as there. */
  private static final Map<String, Object> QUICK =
      Map.of("akka.cluster.sharding.rebalance-interval", "3s");

  @ParameterizedTest
  @EnumSource(Placement.class)
  void shards_spread_over_the_nodes_and_few_of_them_move(Placement placement) {
    try (var nodes = new Nodes(QUICK)) {
      host(nodes.add(), placement);
      host(nodes.add(), placement);
      var two = awaitPlaces(nodes, places -> assertBalanced(placement, places, 2));

      host(nodes.add(), placement);
      var joined = nodes.systems().getLast().address();
      var three = awaitPlaces(nodes, places -> assertBalanced(placement, places, 3));
      assertFewMoved(placement, joined, two, three);

      host(nodes.add(), placement);
      var four = awaitPlaces(nodes, places -> assertBalanced(placement, places, 4));
      assertFewMoved(placement, nodes.systems().getLast().address(), three, four);

      var gone = nodes.systems().getLast();
      nodes.remove(gone);
      var left = awaitPlaces(nodes, places -> assertThat(places).hasSize(SHARDS));
      assertFewMoved(placement, gone.address(), left, four);
      System.out.printf(
          "%s: moved %d of %d shards to a third node, %d to a fourth, %d when it left%n",
          placement, moved(two, three), SHARDS, moved(three, four), moved(four, left));
    }
  }

  private static void host(ActorSystem<?> system, Placement placement) {
    var users =
        Entity.of(KEY, entity -> Behaviors.<String>receiveMessage(any -> Behaviors.same()))
            .withRole(Role.USER.label());
    ClusterSharding.get(system).init(placement.place(users, system.settings().config()));
  }

  /** Names users until every shard has one. */
  private static void wakeAll(ActorSystem<?> system) {
    var shards = new HashSet<Integer>();
    for (int i = 0; shards.size() < SHARDS; i++) {
      var id = "u" + i;
      if (shards.add(Math.abs(id.hashCode() % SHARDS))) {
        ClusterSharding.get(system).entityRefFor(KEY, id).tell("wake up");
      }
    }
  }

  /** Where shards are once that holds, and none has moved for some rounds of rebalancing. */
  private static Map<String, Address> awaitPlaces(
      Nodes nodes, Consumer<Map<String, Address>> asserted) {
    var looks = new ArrayList<Map<String, Address>>();
    var probe = TestProbe.<CurrentShardRegionState>create(nodes.systems().getFirst());
    return probe.awaitAssert(
        PATIENCE,
        Duration.ofMillis(500),
        () -> {
          // A shard that was moved away comes back with the next message for it.
          wakeAll(nodes.systems().getFirst());
          var places = places(nodes);
          assertThat(places).hasSize(SHARDS);
          asserted.accept(places);
          looks.add(places);
          assertThat(looks.subList(Math.max(0, looks.size() - LOOKS_AT_REST), looks.size()))
              .hasSize(LOOKS_AT_REST)
              .containsOnly(places);
          return places;
        });
  }

  private static Map<String, Address> places(Nodes nodes) {
    var places = new HashMap<String, Address>();
    for (var system : nodes.systems()) {
      var probe = TestProbe.<CurrentShardRegionState>create(system);
      ClusterSharding.get(system).shardState().tell(new GetShardRegionState(KEY, probe.ref()));
      probe
          .receiveMessage(Duration.ofSeconds(10))
          .getShards()
          .forEach(shard -> places.put(shard.shardId(), system.address()));
    }
    return places;
  }

  private static void assertBalanced(Placement placement, Map<String, Address> places, int nodes) {
    var owners = List.copyOf(places.values());
    var shares =
        Set.copyOf(owners).stream().map(owner -> Collections.frequency(owners, owner)).toList();
    assertThat(shares).hasSize(nodes);
    if (placement == Placement.COORDINATOR) {
      // Akka is content when nodes differ by less than a tenth of their mean.
      assertThat(Collections.max(shares) - Collections.min(shares)).isLessThan(SHARDS / nodes / 5);
    }
  }

  /** The coordinator may also move some between the others, to even them out. */
  private static void assertFewMoved(
      Placement placement, Address one, Map<String, Address> without, Map<String, Address> with) {
    int nodes = Set.copyOf(with.values()).size();
    assertThat(moved(without, with)).isBetween(1L, 2L * SHARDS / nodes);
    if (placement == Placement.HASH_RING) {
      assertThat(with)
          .allSatisfy((shard, owner) -> assertThat(owner).isIn(one, without.get(shard)));
    }
  }

  private static long moved(Map<String, Address> before, Map<String, Address> after) {
    return before.entrySet().stream()
        .filter(place -> !after.get(place.getKey()).equals(place.getValue()))
        .count();
  }
}
