package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.Optional;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.Refusal;
import parley.push.Destinations;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.PushKeyView;
import parley.wire.PushRequest;

/** How devices come to be notified. */
public final class PushRoutes {

  private final Asker users;
  private final JsonBody body;
  private final Way way;

  PushRoutes(Asker users, JsonBody body, Way way) {
    this.users = users;
    this.body = body;
    this.way = way;
  }

  /**
   * How this node notifies.
   *
   * @param key the public key that browsers subscribe for; empty when it does not
   */
  public record Way(Optional<String> key, Destinations destinations) {}

  /** GET /push/key */
  Route key() {
    return way.key()
        .map(key -> complete(Answers.json(StatusCodes.OK, new PushKeyView(key))))
        .orElseGet(PushRoutes::absent);
  }

  private static Route absent() {
    return complete(Problems.answer(Failure.NOT_FOUND, "This node sends no notifications"));
  }

  /** PUT /devices/me/push */
  Route subscribe(Caller caller) {
    if (way.key().isEmpty()) {
      return absent();
    }
    return body.required(
        fields -> PushRequest.read(fields, way.destinations()::checked),
        request ->
            users
                .<UserReply.ToChangePush>ask(
                    caller.user(),
                    replyTo -> new UserCommand.PutPush(caller, request.subscription(), replyTo))
                .thenApply(PushRoutes::answer));
  }

  /** DELETE /devices/me/push */
  Route unsubscribe(Caller caller) {
    return completeWithFuture(
        users
            .<UserReply.ToChangePush>ask(
                caller.user(), replyTo -> new UserCommand.RemovePush(caller, replyTo))
            .thenApply(PushRoutes::answer));
  }

  private static HttpResponse answer(UserReply.ToChangePush reply) {
    return switch (reply) {
      case UserReply.PushChanged() -> Answers.done();
      case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
    };
  }
}
