package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.keys.DeviceKeys;
import parley.keys.KeyLog;
import parley.keys.KeyPackage;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.KeyLogView;
import parley.wire.KeyPackagesView;
import parley.wire.KeysRequest;
import parley.wire.KeysView;
import parley.wire.ProofView;

/** What devices offer for end-to-end encryption, and the log of it. */
final class KeyRoutes {

  private static final int PAGE_DEFAULT = 100;

  /** As many as a user may have, and some. */
  private static final int DEVICES_NAMED_MOST = 64;

  private final Asker users;
  private final JsonBody body;

  KeyRoutes(Asker users, JsonBody body) {
    this.users = users;
    this.body = body;
  }

  /** PUT /devices/me/keys */
  Route put(Caller caller) {
    return body.required(
        KeysRequest::read,
        request ->
            users
                .<UserReply.ToGetKeys>ask(
                    caller.user(),
                    replyTo -> new UserCommand.PutKeys(caller, request.offer(), replyTo))
                .thenApply(KeyRoutes::answer));
  }

  /** GET /devices/me/keys */
  Route own(Caller caller) {
    return completeWithFuture(
        users
            .<UserReply.ToGetKeys>ask(
                caller.user(), replyTo -> new UserCommand.GetKeys(caller, replyTo))
            .thenApply(KeyRoutes::answer));
  }

  private static HttpResponse answer(UserReply.ToGetKeys reply) {
    return switch (reply) {
      case UserReply.Keys(DeviceKeys.Stock stock) ->
          Answers.json(StatusCodes.OK, KeysView.of(stock));
      case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
    };
  }

  /** GET /users/{userId}/key-packages */
  Route take(String id, Caller caller) {
    return ofUser(
        id,
        caller,
        (user, request) -> {
          var only = Parameters.all(request, "device", DEVICES_NAMED_MOST, DeviceId::new);
          int suite = (int) Parameters.number(request, "suite", 1, 1, KeyPackage.SUITE_MAX);
          return () ->
              users
                  .<UserReply.ToTakeKeyPackages>ask(
                      user,
                      replyTo ->
                          new UserCommand.TakeKeyPackages(
                              caller.user(), caller.device(), suite, only, replyTo))
                  .thenApply(reply ->
                      switch (reply) {
                        case UserReply.KeyPackages(List<DeviceKeys.Handed> devices) ->
                            Answers.json(StatusCodes.OK, KeyPackagesView.of(devices));
                        case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                      });
        });
  }

  /** GET /keys/log/{userId} */
  Route log(String id, Caller caller) {
    return ofUser(
        id,
        caller,
        (user, request) -> {
          // The first is the one after none.
          long from =
              request.getUri().query().get("after").isPresent()
                  ? Parameters.number(request, "after", 0, 0, Long.MAX_VALUE) + 1
                  : 0;
          int limit = (int) Parameters.number(request, "limit", PAGE_DEFAULT, 1, KeyLog.PAGE_MOST);
          return () ->
              users
                  .<UserReply.ToGetKeyLog>ask(
                      user, replyTo -> new UserCommand.GetKeyLog(from, limit, replyTo))
                  .thenApply(reply -> page(reply, user, limit));
        });
  }

  private static HttpResponse page(UserReply.ToGetKeyLog reply, UserId user, int limit) {
    return switch (reply) {
      case UserReply.KeyLogPage page -> {
        var response = Answers.json(StatusCodes.OK, KeyLogView.of(page));
        boolean more =
            !page.entries().isEmpty() && page.entries().getLast().index() + 1 < page.size();
        yield more
            ? response.addHeader(
                Answers.next(
                    "/keys/log/%s?after=%d&limit=%d"
                        .formatted(user, page.entries().getLast().index(), limit)))
            : response;
      }
      case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
    };
  }

  /** GET /keys/log/{userId}/inclusion */
  Route inclusion(String id, Caller caller) {
    return prove(
        id,
        caller,
        request ->
            new UserCommand.Inclusion(
                Parameters.required(request, "index"), Parameters.required(request, "size")));
  }

  /** GET /keys/log/{userId}/consistency */
  Route consistency(String id, Caller caller) {
    return prove(
        id,
        caller,
        request ->
            new UserCommand.Consistency(
                Parameters.required(request, "from"), Parameters.required(request, "to")));
  }

  private Route prove(String id, Caller caller, Function<HttpRequest, UserCommand.Proof> form) {
    return ofUser(
        id,
        caller,
        (user, request) -> {
          var proof = form.apply(request);
          return () ->
              users
                  .<UserReply.ToProveKeyLog>ask(
                      user, replyTo -> new UserCommand.ProveKeyLog(proof, replyTo))
                  .thenApply(reply ->
                      switch (reply) {
                        case UserReply.Proved(List<Opaque> hashes) ->
                            Answers.json(StatusCodes.OK, new ProofView(hashes));
                        case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                      });
        });
  }

  /** How the actor of a user is asked. */
  @FunctionalInterface
  private interface Question {
    Supplier<CompletionStage<HttpResponse>> of(UserId user, HttpRequest request);
  }

  /** Asks the caller's own actor first: only that one knows whether the session has ended. */
  private Route ofUser(String id, Caller caller, Question question) {
    return PathIds.user(
        id,
        user ->
            extractRequest(request -> {
              var ask = question.of(user, request);
              var conversation = ConversationId.between(caller.user(), user);
              return completeWithFuture(
                  users
                      .<UserReply.ToGetVisibility>ask(
                          caller.user(),
                          replyTo -> new UserCommand.GetVisibility(caller, conversation, replyTo))
                      .thenCompose(reply ->
                          switch (reply) {
                            case UserReply.Visibility admitted -> ask.get();
                            case UserReply.Refused(Refusal refusal) ->
                                completedStage(Problems.answer(refusal));
                          }));
            }));
  }
}
