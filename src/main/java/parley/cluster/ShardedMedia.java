package parley.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import parley.media.Medium;
import parley.media.MediumCommand;
import parley.media.Quota;
import parley.media.QuotaCommand;
import parley.message.MediaId;
import parley.message.UserId;

/** The actors of media and of users' quotas in cluster sharding, one for each id. */
public final class ShardedMedia {

  private static final EntityTypeKey<MediumCommand> MEDIUM =
      EntityTypeKey.create(MediumCommand.class, "medium");
  private static final EntityTypeKey<QuotaCommand> QUOTA =
      EntityTypeKey.create(QuotaCommand.class, "media-quota");

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;

  public ShardedMedia(ActorSystem<?> system) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
  }

  /** Starts to host them on this node. */
  public void host(Medium.Surroundings surroundings, Placement placement) {
    start(
        Entity.of(MEDIUM, it -> Medium.create(new MediaId(it.getEntityId()), surroundings)),
        Entity.of(QUOTA, it -> Quota.create(new UserId(it.getEntityId()), surroundings)),
        placement);
  }

  /** Makes them known to this node, which hosts none. */
  public void find(Placement placement) {
    start(
        Entity.of(MEDIUM, it -> Behaviors.stopped()),
        Entity.of(QUOTA, it -> Behaviors.stopped()),
        placement);
  }

  private void start(
      Entity<MediumCommand, ShardingEnvelope<MediumCommand>> media,
      Entity<QuotaCommand, ShardingEnvelope<QuotaCommand>> quotas,
      Placement placement) {
    var config = system.settings().config();
    var role = Role.USER.label();
    sharding.init(
        placement.place(
            media.withStopMessage(MediumCommand.Stop.INSTANCE).withRole(role), config));
    sharding.init(
        placement.place(
            quotas.withStopMessage(QuotaCommand.Stop.INSTANCE).withRole(role), config));
  }

  /** The actor of the medium; it need not be awake, nor the medium exist. */
  public RecipientRef<MediumCommand> medium(MediaId id) {
    return sharding.entityRefFor(MEDIUM, id.value());
  }

  /** The actor of the user's quota; it need not be awake. */
  public RecipientRef<QuotaCommand> quota(UserId user) {
    return sharding.entityRefFor(QUOTA, user.value());
  }
}
