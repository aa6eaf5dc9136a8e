package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.media.Place;
import parley.message.Caller;
import parley.message.ConversationId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.UserReply.Profile;
import parley.wire.ProfileRequest;
import parley.wire.ProfileView;

/** Profiles: what users say about themselves. */
final class ProfileRoutes {

  private final Asker users;
  private final PictureChange pictures;
  private final JsonBody body;

  ProfileRoutes(Asker users, PictureChange pictures, JsonBody body) {
    this.users = users;
    this.pictures = pictures;
    this.body = body;
  }

  /** GET /users/{userId} */
  Route one(String id, Caller caller) {
    return PathIds.user(
        id, user -> completeWithFuture(profile(user, caller, ProfileView::toOthers)));
  }

  /** GET /users/me */
  Route own(Caller caller) {
    return completeWithFuture(profile(caller.user(), caller, ProfileView::toThemselves));
  }

  /** Asks the caller's own actor first: only that one knows whether the session has ended. */
  private CompletionStage<HttpResponse> profile(
      UserId user, Caller caller, Function<Profile, ProfileView> view) {
    var conversation = ConversationId.between(caller.user(), user);
    return users
        .<UserReply.ToGetVisibility>ask(
            caller.user(), replyTo -> new UserCommand.GetVisibility(caller, conversation, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case UserReply.Visibility admitted ->
                  users
                      .<UserReply.ToGetProfile>ask(user, UserCommand.GetProfile::new)
                      .thenApply(found -> answer(found, view));
              case UserReply.Refused(Refusal refusal) -> completedStage(Problems.answer(refusal));
            });
  }

  /** PATCH /users/me */
  Route change(Caller caller) {
    return body.required(
        ProfileRequest::read,
        request ->
            pictures.before(
                caller,
                new Place.OfUser(caller.user()),
                request.picture(),
                () -> change(caller, request)));
  }

  private CompletionStage<HttpResponse> change(Caller caller, ProfileRequest request) {
    return users
        .<UserReply.ToGetProfile>ask(
            caller.user(),
            replyTo ->
                new UserCommand.ChangeProfile(
                    caller,
                    request.displayName(),
                    request.about(),
                    request.showsPresence(),
                    request.picture(),
                    replyTo))
        .thenApply(reply -> answer(reply, ProfileView::toThemselves));
  }

  private static HttpResponse answer(
      UserReply.ToGetProfile reply, Function<Profile, ProfileView> view) {
    return switch (reply) {
      case Profile profile -> Answers.json(StatusCodes.OK, view.apply(profile));
      case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
    };
  }
}
