package parley.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.InstantSource;
import parley.keys.KeySettings;
import parley.keys.MlsCommand;
import parley.keys.MlsGroup;
import parley.keys.MlsGroups;
import parley.message.ConversationId;

/** The actors of encrypted conversations in cluster sharding: one for each, once it is needed. */
public final class ShardedMlsGroups implements MlsGroups {

  private static final EntityTypeKey<MlsCommand> KEY =
      EntityTypeKey.create(MlsCommand.class, "mls");

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;

  public ShardedMlsGroups(ActorSystem<?> system) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
  }

  /** Starts to host them on this node. */
  public void host(InstantSource clock, KeySettings settings, Placement placement) {
    start(
        Entity.of(
            KEY,
            entity -> MlsGroup.create(ConversationId.parse(entity.getEntityId()), clock, settings)),
        placement);
  }

  /** Makes them known to this node, which hosts none. */
  public void find(Placement placement) {
    start(Entity.of(KEY, entity -> Behaviors.stopped()), placement);
  }

  private void start(
      Entity<MlsCommand, ShardingEnvelope<MlsCommand>> conversations, Placement placement) {
    var started =
        conversations.withStopMessage(MlsCommand.Stop.INSTANCE).withRole(Role.USER.label());
    sharding.init(placement.place(started, system.settings().config()));
  }

  @Override
  public RecipientRef<MlsCommand> of(ConversationId id) {
    return sharding.entityRefFor(KEY, id.toString());
  }
}
