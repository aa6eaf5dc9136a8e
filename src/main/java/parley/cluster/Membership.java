package parley.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.SelfRemoved;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import parley.ops.Health;

/** This node's place in the cluster. */
public final class Membership {

  private Membership() {}

  /**
   * Makes this node a cluster of its own; blocks until it is. Keeps the health's part up to date.
   * Throws {@link java.util.concurrent.CompletionException} when that takes too long.
   */
  public static void joinAlone(
      ActorSystem<?> system, Health health, String part, Duration timeout) {
    var isUp = new CompletableFuture<Void>();
    ActorRef<Object> watcher =
        system.systemActorOf(watcher(health, part, isUp), "parley-membership", Props.empty());
    var cluster = Cluster.get(system);
    cluster.subscriptions().tell(new Subscribe<>(watcher.narrow(), SelfUp.class));
    cluster.subscriptions().tell(new Subscribe<>(watcher.narrow(), SelfRemoved.class));
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    isUp.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  private static Behavior<Object> watcher(
      Health health, String part, CompletableFuture<Void> isUp) {
    return Behaviors.receive(Object.class)
        .onMessage(
            SelfUp.class,
            up -> {
              health.up(part);
              isUp.complete(null);
              return Behaviors.same();
            })
        .onMessage(
            SelfRemoved.class,
            removed -> {
              health.down(part, "has left the cluster");
              return Behaviors.same();
            })
        .build();
  }
}
