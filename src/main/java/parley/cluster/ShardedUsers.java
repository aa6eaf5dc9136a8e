package parley.cluster;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.distribution.Mailboxes;
import parley.distribution.MissingDelivery;
import parley.message.Delivery;
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
  private final Duration deliverTimeout;

  /**
   * @param deliverTimeout how long a recipient may take to journal a delivery
   */
  public ShardedUsers(ActorSystem<?> system, Duration deliverTimeout) {
    this.system = system;
    this.sharding = ClusterSharding.get(system);
    this.deliverTimeout = deliverTimeout;
  }

  /** Starts to host users on this node. */
  public void host(User.Surroundings surroundings) {
    sharding.init(
        Entity.of(KEY, entity -> User.create(new UserId(entity.getEntityId()), surroundings))
            .withStopMessage(UserCommand.Stop.INSTANCE));
  }

  @Override
  public RecipientRef<UserCommand> of(UserId id) {
    return sharding.entityRefFor(KEY, id.value());
  }

  @Override
  public CompletionStage<Done> deliver(UserId recipient, List<Delivery> deliveries) {
    CompletionStage<UserReply.ToDeliver> answer =
        AskPattern.ask(
            of(recipient),
            replyTo -> new UserCommand.Deliver(deliveries, replyTo),
            deliverTimeout,
            system.scheduler());
    return answer.thenCompose(reply ->
        switch (reply) {
          case UserReply.Delivered done -> CompletableFuture.completedStage(Done.getInstance());
          case UserReply.Gap gap ->
              CompletableFuture.failedStage(
                  new MissingDelivery(recipient, gap.conversation(), gap.expected(), gap.got()));
        });
  }
}
