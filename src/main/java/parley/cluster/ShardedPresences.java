package parley.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.InstantSource;
import parley.message.UserId;
import parley.presence.Presence;
import parley.presence.PresenceCommand;
import parley.presence.Presences;

/** The users' presence in cluster sharding, beside their actors and apart from them. */
public final class ShardedPresences implements Presences {

  private static final EntityTypeKey<PresenceCommand> KEY =
      EntityTypeKey.create(PresenceCommand.class, "presence");

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;

  public ShardedPresences(ActorSystem<?> system) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
  }

  /** Starts to host presences on this node. They end themselves: no limit puts them to sleep. */
  public void host(InstantSource clock, Placement placement) {
    var surroundings = new Presence.Surroundings(this, clock);
    start(Entity.of(KEY, entity -> presence(entity, surroundings)), placement);
  }

  /** Makes presences known to this node, which hosts none. */
  public void find(Placement placement) {
    start(Entity.of(KEY, entity -> Behaviors.stopped()), placement);
  }

  private void start(
      Entity<PresenceCommand, ShardingEnvelope<PresenceCommand>> presences, Placement placement) {
    var started =
        presences
            .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
            .withStopMessage(PresenceCommand.Stop.INSTANCE)
            .withRole(Role.USER.label());
    sharding.init(placement.place(started, system.settings().config()));
  }

  private static Behavior<PresenceCommand> presence(
      EntityContext<PresenceCommand> entity, Presence.Surroundings surroundings) {
    return Behaviors.setup(context -> {
      var self = context.getSelf();
      var shard = entity.getShard();
      Runnable stop = () -> shard.tell(new ClusterSharding.Passivate<>(self));
      return Presence.create(new UserId(entity.getEntityId()), surroundings, stop);
    });
  }

  @Override
  public RecipientRef<PresenceCommand> of(UserId id) {
    return sharding.entityRefFor(KEY, id.value());
  }
}
