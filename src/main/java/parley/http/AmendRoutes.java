package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.PatchRequest;

/** Changing what was said: edits, deletions, reactions. */
final class AmendRoutes {

  private final Asker users;
  private final MessageRoutes messages;
  private final JsonBody body;

  AmendRoutes(Asker users, MessageRoutes messages, JsonBody body) {
    this.users = users;
    this.messages = messages;
    this.body = body;
  }

  /** PATCH /messages/{id}: an edit, or a mark as read. */
  Route patch(String id, Caller caller) {
    return PathIds.message(
        id,
        message ->
            body.optional(
                PatchRequest::read,
                request ->
                    switch (request.orElse(new PatchRequest.Read())) {
                      case PatchRequest.Read it -> messages.markRead(message, caller);
                      case PatchRequest.Edit edit ->
                          amend(
                              message,
                              caller,
                              new UserCommand.Rewrite(edit.content()),
                              () -> messages.one(message, caller));
                    }));
  }

  /** DELETE /messages/{id} */
  Route delete(String id, Caller caller) {
    return PathIds.message(
        id, message -> completeWithFuture(amend(message, caller, new UserCommand.TakeBack())));
  }

  /**
   * PUT and DELETE /messages/{id}/reactions/{emoji}
   *
   * @param on false: takes it back
   */
  Route react(String id, String emoji, boolean on, Caller caller) {
    return PathIds.message(
        id,
        message -> {
          try {
            var change = new UserCommand.React(emoji, on);
            return completeWithFuture(amend(message, caller, change));
          } catch (IllegalArgumentException e) {
            return complete(Problems.answer(Failure.MALFORMED_FIELD, e.getMessage()));
          }
        });
  }

  private CompletionStage<HttpResponse> amend(
      MessageId id, Caller caller, UserCommand.Change change) {
    return amend(id, caller, change, () -> completedStage(Answers.done()));
  }

  private CompletionStage<HttpResponse> amend(
      MessageId id,
      Caller caller,
      UserCommand.Change change,
      Supplier<CompletionStage<HttpResponse>> answer) {
    return users
        .<UserReply.ToAmend>ask(
            caller.user(), replyTo -> new UserCommand.Amend(caller, id, change, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Amended amended -> answer.get();
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }
}
