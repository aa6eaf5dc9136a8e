package parley.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.concurrent.CompletionStage;
import parley.account.Passwords;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.wire.AccountView;
import parley.wire.RegisterRequest;

/** Accounts: registering. */
final class AccountRoutes {

  private static final Refusal TAKEN =
      new Refusal(Failure.USER_ID_TAKEN, "Somebody has registered that user id");

  /** Whoever asks for this one is told of themselves: nobody else can have it. */
  private static final UserId ONESELF = new UserId("me");

  private final Asker users;
  private final Passwords passwords;
  private final JsonBody body;

  AccountRoutes(Asker users, Passwords passwords, JsonBody body) {
    this.users = users;
    this.passwords = passwords;
    this.body = body;
  }

  /** POST /accounts */
  Route register() {
    return body.required(RegisterRequest::read, this::register);
  }

  /** Asks first, so that hashing, which is slow on purpose, is not spent on a taken id. */
  private CompletionStage<HttpResponse> register(RegisterRequest request) {
    if (request.user().equals(ONESELF)) {
      return completedStage(Problems.answer(TAKEN));
    }
    return users
        .ask(request.user(), UserCommand.GetCredentials::new)
        .thenCompose(known ->
            known.passwordHash().isPresent()
                ? completedStage(Problems.answer(TAKEN))
                : registerNew(request));
  }

  private CompletionStage<HttpResponse> registerNew(RegisterRequest request) {
    return passwords
        .hash(request.password())
        .thenCompose(hash ->
            users.<UserReply.ToRegister>ask(
                request.user(),
                replyTo -> new UserCommand.Register(request.displayName(), hash, replyTo)))
        .thenApply(reply ->
            switch (reply) {
              case UserReply.Registered(String displayName) ->
                  Answers.json(StatusCodes.CREATED, new AccountView(request.user(), displayName));
              case UserReply.Refused(Refusal refusal) -> Problems.answer(refusal);
            });
  }
}
