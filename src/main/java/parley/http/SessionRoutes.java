package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import parley.account.Passwords;
import parley.account.RefreshToken;
import parley.account.Tokens;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.SessionId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.RefreshRequest;
import parley.wire.SessionView;
import parley.wire.SignInRequest;

/** Sessions: signing in, staying so, signing out. */
final class SessionRoutes {

  private static final Refusal BAD_CREDENTIALS =
      new Refusal(Failure.BAD_CREDENTIALS, "There is no such user, or the password is another");
  private static final Refusal BAD_REFRESH_TOKEN =
      new Refusal(Failure.UNAUTHENTICATED, "The refresh token is not valid; sign in again");

  private final Asker users;
  private final Passwords passwords;
  private final Issuer issuer;
  private final JsonBody body;

  SessionRoutes(Asker users, Passwords passwords, Issuer issuer, JsonBody body) {
    this.users = users;
    this.passwords = passwords;
    this.issuer = issuer;
    this.body = body;
  }

  /** Makes tokens. */
  record Issuer(Tokens tokens, Duration refreshTokenLifetime, InstantSource clock) {

    private UserCommand.RefreshToken kept(RefreshToken token) {
      return new UserCommand.RefreshToken(token.hash(), clock.instant().plus(refreshTokenLifetime));
    }

    private SessionView view(RefreshToken refreshToken, DeviceId device) {
      var user = refreshToken.user();
      var token = tokens.issue(new Caller(user, device, refreshToken.session()));
      return new SessionView(user, device, token.text(), token.expiresAt(), refreshToken.text());
    }
  }

  /** POST /sessions */
  Route signIn() {
    return body.required(SignInRequest::read, this::signIn);
  }

  /** Checks the password of an unknown user too: the time must not tell them apart. */
  private CompletionStage<HttpResponse> signIn(SignInRequest request) {
    return users
        .ask(request.user(), UserCommand.GetCredentials::new)
        .thenCompose(known -> passwords.matches(request.password(), known.passwordHash()))
        .thenCompose(
            matches -> matches ? open(request) : completedStage(Problems.answer(BAD_CREDENTIALS)));
  }

  private CompletionStage<HttpResponse> open(SignInRequest request) {
    var token = RefreshToken.random(request.user(), SessionId.random());
    return users
        .<UserReply.ToSignIn>ask(
            request.user(),
            replyTo ->
                new UserCommand.SignIn(
                    request.device(),
                    request.deviceName(),
                    token.session(),
                    issuer.kept(token),
                    replyTo))
        .thenApply(reply -> answer(token, reply));
  }

  /** POST /sessions/refresh */
  Route refresh() {
    return body.required(
        RefreshRequest::read,
        request ->
            RefreshToken.parse(request.refreshToken())
                .map(this::refresh)
                .orElseGet(() -> completedStage(Problems.answer(BAD_REFRESH_TOKEN))));
  }

  private CompletionStage<HttpResponse> refresh(RefreshToken presented) {
    var next = RefreshToken.random(presented.user(), presented.session());
    return users
        .<UserReply.ToSignIn>ask(
            presented.user(),
            replyTo ->
                new UserCommand.Refresh(
                    presented.session(), presented.hash(), issuer.kept(next), replyTo))
        .thenApply(reply -> answer(next, reply));
  }

  private HttpResponse answer(RefreshToken token, UserReply.ToSignIn reply) {
    return switch (reply) {
      case UserReply.SignedIn(DeviceId device) ->
          Answers.json(StatusCodes.CREATED, issuer.view(token, device));
      case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
    };
  }

  /** DELETE /sessions/current */
  Route signOut(Caller caller) {
    return completeWithFuture(
        users
            .<UserReply.ToSignOut>ask(
                caller.user(), replyTo -> new UserCommand.SignOut(caller, replyTo))
            .thenApply(reply ->
                switch (reply) {
                  case UserReply.SignedOut() -> Answers.done();
                  case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
                }));
  }
}
