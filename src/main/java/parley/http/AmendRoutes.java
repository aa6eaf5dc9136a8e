package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import parley.media.Carriage;
import parley.message.Caller;
import parley.message.Content;
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
  private final Carriage carriage;
  private final JsonBody body;

  AmendRoutes(Asker users, MessageRoutes messages, Carriage carriage, JsonBody body) {
    this.users = users;
    this.carriage = carriage;
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
                      case PatchRequest.Edit edit -> edit(message, caller, edit.content());
                    }));
  }

  private CompletionStage<HttpResponse> edit(MessageId id, Caller caller, Content content) {
    return MediaRoutes.readable(
            carriage
                .aboutToChange(id)
                .thenCompose(marked -> carriage.loadEdit(caller, id, content)))
        .thenCompose(loading ->
            switch (loading) {
              case Carriage.NotLoaded(Refusal why) -> completedStage(Problems.answer(why));
              case Carriage.Loaded(Content loaded) ->
                  amend(
                      id,
                      caller,
                      new UserCommand.Rewrite(loaded),
                      () -> {
                        carriage.carried(caller.user(), Carriage.editName(id), loaded, id);
                        return messages.one(id, caller);
                      },
                      why -> carriage.editRefused(caller.user(), id, loaded, why));
            });
  }

  /** DELETE /messages/{id} */
  Route delete(String id, Caller caller) {
    return PathIds.message(
        id,
        message ->
            completeWithFuture(
                MediaRoutes.readable(carriage.aboutToChange(message))
                    .thenCompose(marked -> amend(message, caller, new UserCommand.TakeBack()))));
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
    return amend(id, caller, change, () -> completedStage(Answers.done()), why -> {});
  }

  private CompletionStage<HttpResponse> amend(
      MessageId id,
      Caller caller,
      UserCommand.Change change,
      Supplier<CompletionStage<HttpResponse>> answer,
      Consumer<Refusal> onRefused) {
    return users
        .<UserReply.ToAmend>ask(
            caller.user(), replyTo -> new UserCommand.Amend(caller, id, change, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Amended amended -> answer.get();
              case UserReply.Refused(Refusal refusal) -> {
                onRefused.accept(refusal);
                yield completedStage(Problems.answer(refusal));
              }
            });
  }
}
