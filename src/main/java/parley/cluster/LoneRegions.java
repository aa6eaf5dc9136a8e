package parley.cluster;

import akka.Done;
import akka.actor.ActorRef;
import akka.actor.ActorRefWithCell;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.Cluster;
import akka.cluster.sharding.ClusterSharding;
import akka.pattern.Patterns;
import java.time.Duration;
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
    boolean allEnd = true;
    var sharding = ClusterSharding.get(system);
    for (var name : sharding.getShardTypeNames()) {
      allEnd &= ends(sharding.shardRegion(name));
    }
    return allEnd
        ? CompletableFuture.completedStage(Done.getInstance())
        : Patterns.after(LOOK_EVERY, system, this::look);
  }

  private boolean isAlone() {
    for (var member : cluster.state().getMembers()) {
      if (!member.uniqueAddress().equals(cluster.selfUniqueAddress())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Ends the region if it has no shard any more; whether it does. A region's children are its
   * shards. To ask it for them takes 3 s where one of them is about to end, and a log line.
   */
  private boolean ends(ActorRef region) {
    boolean ends = ((ActorRefWithCell) region).children().isEmpty();
    if (ends) {
      system.stop(region);
    }
    return ends;
  }
}
