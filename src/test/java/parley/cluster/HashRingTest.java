package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ExtendedActorSystem;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.cluster.sharding.ConsistentHashingShardAllocationStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.Settings;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** What Akka's ring does with Parley's thousand shards when nodes come and go. */
class HashRingTest {

  private static final ActorTestKit KIT =
      ActorTestKit.create("ring", Settings.load(Optional.empty(), Map.of()).config());
  private static final int SHARDS =
      KIT.system().settings().config().getInt("akka.cluster.sharding.number-of-shards");

  private final ConsistentHashingShardAllocationStrategy ring =
      new ConsistentHashingShardAllocationStrategy(100);

  HashRingTest() {
    ring.start(KIT.system().classicSystem());
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static ActorRef region(int node) {
    var path = "akka://parley@10.0.0.%d:7625/system/sharding/user".formatted(node);
    return ((ExtendedActorSystem) KIT.system().classicSystem()).provider().resolveActorRef(path);
  }

  /** The owner of each shard while those nodes are there. */
  private List<ActorRef> owners(int... nodes) {
    var empty = CollectionConverters.asScala(List.<String>of()).toIndexedSeq();
    var none = new HashMap<ActorRef, IndexedSeq<String>>();
    IntStream.of(nodes).forEach(node -> none.put(region(node), empty));
    var regions = scala.collection.immutable.Map.from(CollectionConverters.asScala(none));
    var owners = new ArrayList<ActorRef>();
    for (int shard = 0; shard < SHARDS; shard++) {
      var owner = ring.allocateShard(region(1), Integer.toString(shard), regions);
      owners.add(FutureConverters.asJava(owner).toCompletableFuture().join());
    }
    return owners;
  }

  private static List<Integer> moved(List<ActorRef> before, List<ActorRef> after) {
    return IntStream.range(0, SHARDS)
        .filter(shard -> !before.get(shard).equals(after.get(shard)))
        .boxed()
        .toList();
  }

  @Test
  void a_node_that_joins_takes_its_own_share_and_nothing_else_moves() {
    for (int nodes = 2; nodes < 10; nodes++) {
      var before = owners(IntStream.rangeClosed(1, nodes).toArray());
      var after = owners(IntStream.rangeClosed(1, nodes + 1).toArray());
      var joined = region(nodes + 1);

      var moved = moved(before, after);

      assertThat(moved).allMatch(shard -> after.get(shard).equals(joined));
      assertThat(moved.size())
          .as("moved when node %d joins", nodes + 1)
          .isBetween(SHARDS / (nodes + 1) / 3, 2 * SHARDS / (nodes + 1));
    }
  }

  @Test
  void only_the_shards_of_a_node_that_leaves_move() {
    var before = owners(1, 2, 3, 4);

    var moved = moved(before, owners(1, 3, 4));

    assertThat(moved).isNotEmpty().allMatch(shard -> before.get(shard).equals(region(2)));
  }

  @Test
  void shares_are_within_twice_the_mean_of_few_nodes() {
    for (int nodes = 2; nodes <= 5; nodes++) {
      var owners = owners(IntStream.rangeClosed(1, nodes).toArray());
      for (int node = 1; node <= nodes; node++) {
        var region = region(node);
        long share = owners.stream().filter(region::equals).count();
        assertThat(share)
            .as("share of node %d of %d", node, nodes)
            .isBetween(SHARDS / nodes / 3L, 2L * SHARDS / nodes);
      }
    }
  }

  @Test
  void the_placement_is_the_same_after_a_restart() {
    var again = new ConsistentHashingShardAllocationStrategy(100);
    again.start(KIT.system().classicSystem());

    assertThat(new HashRingTest().owners(1, 2, 3)).isEqualTo(owners(3, 2, 1));
  }
}
