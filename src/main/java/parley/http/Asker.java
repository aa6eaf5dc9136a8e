package parley.http;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.Users;

/** Asks users' actors on behalf of requests. */
final class Asker {

  private final Users users;
  private final Duration timeout;
  private final ActorSystem<?> system;

  Asker(Users users, Duration timeout, ActorSystem<?> system) {
    this.users = users;
    this.timeout = timeout;
    this.system = system;
  }

  /**
   * The actor's answer. Fails with a {@link java.util.concurrent.TimeoutException} when there is
   * none in time; what was asked may then have happened or not.
   */
  <R> CompletionStage<R> ask(UserId user, Function<ActorRef<R>, UserCommand> command) {
    return AskPattern.ask(users.of(user), command::apply, timeout, system.scheduler());
  }
}
