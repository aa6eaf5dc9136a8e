package parley.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import akka.actor.typed.ActorRef;
import akka.http.javadsl.model.HttpResponse;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.group.GroupCommand;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.UserId;
import parley.user.UserCommand;

/**
 * Asks groups' actors on behalf of requests, by way of the caller's own actor: that one knows
 * whether the session goes on.
 */
final class GroupAsker {

  /** Unknown users that a refusal names. */
  private static final int NAMED_MOST = 10;

  private final Asker users;

  GroupAsker(Asker users) {
    this.users = users;
  }

  /** The group's answer; fails as {@link Asker#ask} does. */
  <R> CompletionStage<R> ask(
      Caller caller, GroupId group, Function<ActorRef<R>, GroupCommand.Asked> question) {
    return users.ask(
        caller.user(), replyTo -> new UserCommand.InGroup(caller, group, question.apply(replyTo)));
  }

  /** Goes on when all of them are users; answers with a problem that names who is not. */
  CompletionStage<HttpResponse> ifExist(
      Collection<UserId> named, Supplier<CompletionStage<HttpResponse>> then) {
    var unknown = new ConcurrentSkipListSet<UserId>();
    var asked =
        named.stream()
            .map(user ->
                users
                    .ask(user, UserCommand.GetExistence::new)
                    .thenAccept(known -> {
                      if (!known.exists()) {
                        unknown.add(user);
                      }
                    })
                    .toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(asked)
        .thenCompose(all -> unknown.isEmpty() ? then.get() : completedStage(noSuchUsers(unknown)));
  }

  private static HttpResponse noSuchUsers(Collection<UserId> unknown) {
    return Problems.answer(
        Failure.UNKNOWN_RECIPIENT,
        "Nobody has registered "
            + String.join(", ", unknown.stream().limit(NAMED_MOST).map(UserId::value).toList()));
  }
}
