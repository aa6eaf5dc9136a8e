package parley.cluster;

import akka.Done;
import akka.actor.ActorSystem;
import akka.actor.ClassicActorSystemProvider;
import akka.cluster.sharding.ClusterShardingHealthCheck;
import akka.pattern.Patterns;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.jdk.javaapi.FutureConverters;

/**
 * Those who know which node owns which shard, one for each kind of entity. A node that has just
 * joined has to find them: until then whatever it sends to a user waits.
 */
public final class Coordinators {

  private static final Duration EVERY = Duration.ofMillis(100);

  private final ActorSystem system;
  private final ClusterShardingHealthCheck check;

  private Coordinators(ActorSystem system) {
    this.system = system;
    this.check = new ClusterShardingHealthCheck(system);
  }

  /**
   * Done when this node, whose regions have been started, has found them all; at the latest when it
   * has been a member for {@code akka.cluster.sharding.healthcheck.disabled-after}.
   */
  public static CompletionStage<Done> found(ClassicActorSystemProvider system) {
    return new Coordinators(system.classicSystem()).look();
  }

  private CompletionStage<Done> look() {
    return FutureConverters.asJava(check.apply())
        .thenCompose(all ->
            (boolean) all
                ? CompletableFuture.completedStage(Done.getInstance())
                : Patterns.after(EVERY, system, this::look));
  }
}
