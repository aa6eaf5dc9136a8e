package parley.media;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.group.GroupCommand;
import parley.group.Groups;
import parley.message.GroupId;
import parley.message.MediaId;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.Users;

/**
 * Asks the actors of media, quotas, users and groups. Its stages fail with a {@link
 * java.util.concurrent.TimeoutException} when there is no answer in time; what was asked may then
 * have happened or not.
 */
public final class MediumAsker {

  private final Actors actors;
  private final Duration timeout;
  private final ActorSystem<?> system;

  /** Whom it asks. */
  public record Actors(MediaActors media, Quotas quotas, Users users, Groups groups) {}

  public MediumAsker(Actors actors, Duration timeout, ActorSystem<?> system) {
    this.actors = actors;
    this.timeout = timeout;
    this.system = system;
  }

  /** What the medium's actor answers. */
  public <R> CompletionStage<R> ask(MediaId id, Function<ActorRef<R>, MediumCommand> question) {
    return AskPattern.ask(actors.media().of(id), question::apply, timeout, system.scheduler());
  }

  /** Tells the medium's actor something that it does not answer. */
  void tell(MediaId id, MediumCommand command) {
    actors.media().of(id).tell(command);
  }

  CompletionStage<QuotaReply> askQuota(
      UserId user, Function<ActorRef<QuotaReply>, QuotaCommand> question) {
    return AskPattern.ask(actors.quotas().of(user), question::apply, timeout, system.scheduler());
  }

  void tellQuota(UserId user, QuotaCommand command) {
    actors.quotas().of(user).tell(command);
  }

  <R> CompletionStage<R> askUser(UserId user, Function<ActorRef<R>, UserCommand> question) {
    return AskPattern.ask(actors.users().of(user), question::apply, timeout, system.scheduler());
  }

  <R> CompletionStage<R> askGroup(GroupId group, Function<ActorRef<R>, GroupCommand> question) {
    return AskPattern.ask(actors.groups().of(group), question::apply, timeout, system.scheduler());
  }
}
