package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Authorization;
import akka.http.javadsl.server.Route;
import java.util.Optional;
import java.util.function.Function;
import parley.account.Tokens;
import parley.message.Caller;
import parley.message.Failure;

/**
 * Lets in who shows an access token. That its session has not ended is for the user's actor to say.
 */
final class Authenticated {

  private static final String SCHEME = "Bearer";

  private final Tokens tokens;

  Authenticated(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The route for the caller; without a valid token 401. */
  Route as(Function<Caller, Route> route) {
    return verified(verified -> route.apply(verified.caller()));
  }

  /** The same, for what is to end when the token does. */
  Route verified(Function<Tokens.Verified, Route> route) {
    return extractRequest(request ->
        token(request)
            .flatMap(tokens::verify)
            .map(route)
            .orElseGet(() -> complete(refusal(request))));
  }

  private static Optional<String> token(HttpRequest request) {
    return request
        .getHeader(Authorization.class)
        .map(Authorization::credentials)
        .filter(credentials -> credentials.scheme().equalsIgnoreCase(SCHEME))
        .map(credentials -> credentials.token());
  }

  private static HttpResponse refusal(HttpRequest request) {
    return Problems.answer(
        Failure.UNAUTHENTICATED,
        token(request).isPresent()
            ? "The access token is not valid or has expired; refresh it or sign in again"
            : "The header Authorization: Bearer <token> is missing");
  }
}
