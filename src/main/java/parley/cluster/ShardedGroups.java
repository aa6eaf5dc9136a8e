package parley.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import parley.group.Group;
import parley.group.GroupCommand;
import parley.group.Groups;
import parley.message.GroupId;

/** The groups' actors in cluster sharding: one for each group id, wherever the cluster put it. */
public final class ShardedGroups implements Groups {

  private static final EntityTypeKey<GroupCommand> KEY =
      EntityTypeKey.create(GroupCommand.class, "group");

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;

  public ShardedGroups(ActorSystem<?> system) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
  }

  /** Starts to host groups on this node. */
  public void host(Group.Surroundings surroundings, Placement placement) {
    start(
        Entity.of(KEY, entity -> Group.create(new GroupId(entity.getEntityId()), surroundings)),
        placement);
  }

  /** Makes groups known to this node, which hosts none. */
  public void find(Placement placement) {
    start(Entity.of(KEY, entity -> Behaviors.stopped()), placement);
  }

  private void start(
      Entity<GroupCommand, ShardingEnvelope<GroupCommand>> groups, Placement placement) {
    var started = groups.withStopMessage(GroupCommand.Stop.INSTANCE).withRole(Role.USER.label());
    sharding.init(placement.place(started, system.settings().config()));
  }

  @Override
  public RecipientRef<GroupCommand> of(GroupId id) {
    return sharding.entityRefFor(KEY, id.value());
  }
}
