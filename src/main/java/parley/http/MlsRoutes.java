package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.keys.Commits;
import parley.keys.MlsCommand;
import parley.keys.MlsEvent;
import parley.keys.MlsGroups;
import parley.keys.MlsReply;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.CommitView;
import parley.wire.MlsView;

/** Encrypted conversations: how far they are, and how a device catches up. For their members. */
public final class MlsRoutes {

  private static final HttpResponse NOT_YOURS =
      Problems.answer(Failure.NOT_FOUND, "There is no such conversation, or you are not in it");
  private static final HttpResponse NOT_ENCRYPTED =
      Problems.answer(Failure.NOT_FOUND, "The conversation is not encrypted");

  private final Asker users;
  private final Source source;
  private final Duration timeout;
  private final ActorSystem<?> system;

  MlsRoutes(Asker users, Source source, Duration timeout, ActorSystem<?> system) {
    this.users = users;
    this.source = source;
    this.timeout = timeout;
    this.system = system;
  }

  /** Whom the routes ask. */
  public record Source(MlsGroups conversations, CommitSource commits) {}

  /** Reads commits back: see {@link Commits#from}. */
  @FunctionalInterface
  public interface CommitSource {
    CompletionStage<List<MlsEvent.Committed>> from(
        ConversationId conversation, long epoch, int limit);
  }

  /** GET /conversations/{id}/mls */
  Route standing(String id, Caller caller) {
    return PathIds.conversation(
        id,
        conversation ->
            completeWithFuture(
                asMember(
                    conversation,
                    caller,
                    () ->
                        standing(conversation)
                            .thenApply(it ->
                                it.epoch() == 0
                                    ? NOT_ENCRYPTED
                                    : Answers.json(StatusCodes.OK, MlsView.of(it))))));
  }

  /** How far the conversation is. */
  CompletionStage<MlsReply.Standing> standing(ConversationId conversation) {
    return AskPattern.ask(
        source.conversations().of(conversation),
        MlsCommand.GetStanding::new,
        timeout,
        system.scheduler());
  }

  /** GET /conversations/{id}/mls/commits */
  Route commits(String id, Caller caller) {
    return PathIds.conversation(
        id,
        conversation ->
            extractRequest(request -> {
              long after = Parameters.number(request, "after", 0, 0, Long.MAX_VALUE - 1_000);
              int limit =
                  (int)
                      Parameters.number(request, "limit", Commits.PAGE_MOST, 1, Commits.PAGE_MOST);
              return completeWithFuture(
                  asMember(conversation, caller, () -> commits(conversation, after, limit)));
            }));
  }

  private CompletionStage<HttpResponse> commits(ConversationId conversation, long from, int limit) {
    return Unreadable.unless(
            source.commits().from(conversation, from, limit), "The journal of commits")
        .thenApply(commits -> {
          var response =
              Answers.json(StatusCodes.OK, commits.stream().map(CommitView::of).toList());
          return commits.size() < limit
              ? response
              : response.addHeader(
                  Answers.next(
                      "/conversations/%s/mls/commits?after=%d&limit=%d"
                          .formatted(conversation, from + limit, limit)));
        });
  }

  /** The answer for who is in the conversation now. */
  CompletionStage<HttpResponse> asMember(
      ConversationId conversation, Caller caller, Supplier<CompletionStage<HttpResponse>> answer) {
    return users
        .<UserReply.ToGetVisibility>ask(
            caller.user(), replyTo -> new UserCommand.GetVisibility(caller, conversation, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Visibility it when it.goesOn() -> answer.get();
              case UserReply.Visibility over -> completedStage(NOT_YOURS);
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }
}
