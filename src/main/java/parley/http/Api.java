package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.patch;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.Directives.put;
import static akka.http.javadsl.server.Directives.withRequestTimeoutResponse;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.account.Passwords;
import parley.account.Tokens;
import parley.message.Positioned;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.user.Excerpt;
import parley.user.Users;

/** The URL map: what stands under which path, and who may call it. */
public final class Api {

  /** Of a body that is refused so many times the limit is read, and dropped. */
  private static final long DRAIN_FACTOR = 64;

  private final Authenticated authenticated;
  private final AccountRoutes accounts;
  private final SessionRoutes sessions;
  private final MessageRoutes messages;
  private final OpsRoutes ops;
  private final Drained drained;

  public Api(Backend backend, Limits limits, InstantSource clock, ActorSystem<?> system) {
    var users = new Asker(backend.users(), limits.askTimeout(), system);
    var body = new JsonBody(limits.bodyBytesMax());
    var issuer = new SessionRoutes.Issuer(backend.tokens(), limits.refreshTokenLifetime(), clock);
    authenticated = new Authenticated(backend.tokens());
    accounts = new AccountRoutes(users, backend.passwords(), body);
    sessions = new SessionRoutes(users, backend.passwords(), issuer, body);
    messages = new MessageRoutes(users, backend.mailboxes(), body);
    ops = new OpsRoutes(backend.health(), backend.metrics());
    drained = new Drained(DRAIN_FACTOR * limits.bodyBytesMax());
  }

  /**
   * Whom the routes ask.
   *
   * @param mailboxes completes an excerpt from the journal
   */
  public record Backend(
      Users users,
      Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes,
      Passwords passwords,
      Tokens tokens,
      Health health,
      Metrics metrics) {}

  /**
   * What the routes keep to.
   *
   * @param askTimeout how long they wait for an actor's answer
   */
  public record Limits(int bodyBytesMax, Duration askTimeout, Duration refreshTokenLifetime) {}

  /**
   * Every path of the server. Whatever happens inside, the answer is a good one or a problem.
   *
   * @param socket upgrades to the WebSocket
   */
  public Route route(Route socket) {
    return withRequestTimeoutResponse(
        Problems::late,
        () -> drained.before(() -> map(socket).seal(Rejections.handler(), exceptions())));
  }

  private Route map(Route socket) {
    return concat(
        path("socket", () -> get(() -> socket)),
        path("metrics", () -> get(ops::metrics)),
        path(segment("health").slash("live"), () -> get(ops::live)),
        path(segment("health").slash("ready"), () -> get(ops::ready)),
        path(segment("problems").slash(segment()), code -> get(() -> ops.problem(code))),
        AcceptHeader.takesJson(() ->
            concat(
                path("accounts", () -> post(accounts::register)),
                pathPrefix("sessions", this::sessions),
                pathPrefix("messages", this::messages))));
  }

  private Route sessions() {
    return concat(
        pathEnd(() -> post(sessions::signIn)),
        path("refresh", () -> post(sessions::refresh)),
        path("current", () -> delete(() -> authenticated.as(sessions::signOut))));
  }

  private Route messages() {
    return concat(
        pathEnd(() ->
            concat(
                post(() -> authenticated.as(messages::send)),
                get(() -> authenticated.as(messages::unread)))),
        path(segment(), this::message));
  }

  private Route message(String id) {
    return concat(
        get(() -> authenticated.as(caller -> messages.one(id, caller))),
        put(() -> authenticated.as(caller -> messages.markRead(id, caller))),
        patch(() -> authenticated.as(caller -> messages.markRead(id, caller))));
  }

  private static ExceptionHandler exceptions() {
    return ExceptionHandler.newBuilder()
        .matchAny(failure -> extractRequest(request -> complete(Problems.answer(request, failure))))
        .build();
  }
}
