package parley.cluster;

import akka.cluster.sharding.ConsistentHashingShardAllocationStrategy;
import akka.cluster.sharding.typed.javadsl.Entity;
import com.typesafe.config.Config;

/**
 * Which node owns which shard. Either way the user id names the shard, and one coordinator, which
 * moves on when its node goes, tells every node where that is.
 */
public enum Placement {
  /**
   * A metadata service: each new shard goes to the node that has the fewest, and a node that joins
   * is given shards until all have the same number.
   */
  COORDINATOR,

  /**
   * A consistent-hash ring: hashes of nodes and shards say who owns what, so that the placement can
   * be computed and is the same after every restart. A node that joins or leaves moves its own
   * share only, of n nodes about 1/n, but shares differ in size: a node has ten places on the ring.
   */
  HASH_RING;

  private static final String MOVES_MAX =
      "akka.cluster.sharding.least-shard-allocation-strategy.rebalance-absolute-limit";

  /**
   * The kind of entity, placed in this way. Both ways move as many shards at a time.
   *
   * @param config of the actor system, which has the limit
   */
  <M, E> Entity<M, E> place(Entity<M, E> kind, Config config) {
    return switch (this) {
      case COORDINATOR -> kind;
      // One for each kind of entity: it remembers what it has placed.
      case HASH_RING ->
          kind.withAllocationStrategy(
              new ConsistentHashingShardAllocationStrategy(config.getInt(MOVES_MAX)));
    };
  }
}
