package parley.cluster;

import akka.Done;
import akka.actor.ActorRef;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.Cluster;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends the shard regions of a node that goes down alone, once their shards have ended.
 *
 * <p>An actor that stops may tell another one something whose shard has ended before. Akka's region
 * keeps that for the shard's next home, and does not end before it has passed it on, or its phase
 * of the shutdown is over. Where there is no other node there is no next home.
 */
public final class LoneRegions {

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final akka.actor.ActorSystem system;
  private final Cluster cluster;

  private LoneRegions(akka.actor.ActorSystem system) {
    this.system = system;
    this.cluster = Cluster.get(system);
  }

  /** Looks after the regions of the node when it goes down. */
  public static void endWithTheirShards(ActorSystem<?> node) {
    var regions = new LoneRegions(Adapter.toClassic(node));
    CoordinatedShutdown.get(node)
        .addTask(
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion(),
            "end-lone-regions",
            regions::look);
  }

  private CompletionStage<Done> look() {
    if (!isAlone()) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    var sharding = ClusterSharding.get(system);
    CompletionStage<Boolean> allEnd = CompletableFuture.completedStage(true);
    for (var region : regions(sharding)) {
      allEnd = allEnd.thenCombine(ends(region), Boolean::logicalAnd);
    }
    return allEnd.thenCompose(end ->
        end
            ? CompletableFuture.completedStage(Done.getInstance())
            : Patterns.after(LOOK_EVERY, system, this::look));
  }

  private static List<ActorRef> regions(ClusterSharding sharding) {
    return sharding.getShardTypeNames().stream().map(sharding::shardRegion).toList();
  }

  private boolean isAlone() {
    for (var member : cluster.state().getMembers()) {
      if (!member.uniqueAddress().equals(cluster.selfUniqueAddress())) {
        return false;
      }
    }
    return true;
  }

  /** Ends the region if it has no shard any more; whether it does, or has already. */
  private CompletionStage<Boolean> ends(ActorRef region) {
    return Patterns.ask(region, ShardRegion.getShardRegionStateInstance(), ANSWER_WITHIN)
        .handle((answer, hasEnded) -> {
          if (answer instanceof CurrentShardRegionState state) {
            if (!state.getShards().isEmpty() || !state.getFailed().isEmpty()) {
              return false;
            }
            system.stop(region);
          }
          return true;
        });
  }
}
