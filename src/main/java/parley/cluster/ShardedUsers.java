package parley.cluster;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.ShardingEnvelope;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.distribution.Mailboxes;
import parley.distribution.MissingDelivery;
import parley.message.Delivery;
import parley.message.Gap;
import parley.message.Portion;
import parley.message.UserId;
import parley.user.User;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.Users;

/** The users' actors in cluster sharding: one for each user id, wherever the cluster has put it. */
public final class ShardedUsers implements Users, Mailboxes {

  private static final EntityTypeKey<UserCommand> KEY =
      EntityTypeKey.create(UserCommand.class, "user");

  private final ActorSystem<?> system;
  private final ClusterSharding sharding;
  private final Limits limits;

  /**
   * What deliveries keep to.
   *
   * @param timeout how long a recipient may take to journal a portion
   * @param entriesMax the most entries that are brought together
   */
  public record Limits(Duration timeout, int entriesMax) {}

  public ShardedUsers(ActorSystem<?> system, Limits limits) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.limits = limits;
  }

  /** Starts to host users on this node. */
  public void host(User.Surroundings surroundings, Placement placement) {
    start(
        Entity.of(KEY, entity -> User.create(new UserId(entity.getEntityId()), surroundings)),
        placement);
  }

  /** Makes users known to this node, which hosts none. */
  public void find(Placement placement) {
    start(Entity.of(KEY, entity -> Behaviors.stopped()), placement);
  }

  private void start(
      Entity<UserCommand, ShardingEnvelope<UserCommand>> users, Placement placement) {
    var started = users.withStopMessage(UserCommand.Stop.INSTANCE).withRole(Role.USER.label());
    sharding.init(placement.place(started, system.settings().config()));
  }

  @Override
  public RecipientRef<UserCommand> of(UserId id) {
    return sharding.entityRefFor(KEY, id.value());
  }

  /** Brings them a portion at a time: each fits into a message between nodes, and into a write. */
  @Override
  public CompletionStage<Done> deliver(
      UserId recipient, List<Delivery> deliveries, Optional<Gap> lost) {
    var portion =
        Portion.first(deliveries, delivery -> delivery.entry().sizeBytes(), limits.entriesMax());
    var rest = deliveries.subList(portion.size(), deliveries.size());
    var brought = bring(recipient, portion, lost);
    return rest.isEmpty() ? brought : brought.thenCompose(done -> deliver(recipient, rest, lost));
  }

  private CompletionStage<Done> bring(
      UserId recipient, List<Delivery> portion, Optional<Gap> lost) {
    CompletionStage<UserReply.ToDeliver> answer =
        AskPattern.ask(
            of(recipient),
            replyTo -> new UserCommand.Deliver(portion, lost, replyTo),
            limits.timeout(),
            system.scheduler());
    // Scala's stages go on in the JVM's common pool unless told where: a thread to wake.
    return answer.thenComposeAsync(
        reply ->
            switch (reply) {
              case UserReply.Delivered done -> CompletableFuture.completedStage(Done.getInstance());
              case UserReply.Gap gap ->
                  CompletableFuture.failedStage(
                      new MissingDelivery(
                          recipient, new Gap(gap.conversation(), gap.expected(), gap.got())));
            },
        system.executionContext());
  }
}
