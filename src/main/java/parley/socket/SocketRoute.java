package parley.socket;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.http.impl.engine.ws.FrameEvent;
import akka.http.impl.engine.ws.UpgradeToWebSocketLowLevel;
import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Authorization;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import akka.http.javadsl.server.Route;
import akka.stream.javadsl.Flow;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import parley.account.Tokens;
import parley.limit.Rate;
import parley.limit.TokenBuckets;
import parley.media.Carriage;
import parley.message.Failure;
import parley.message.UserId;
import parley.presence.Presences;
import parley.socket.SessionCommand.Guest;
import parley.user.Excerpt;
import parley.user.Piece;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.Users;
import parley.wire.RefusedInput;
import scala.Option;

/** GET /socket: lets clients in who show a token or a ticket. */
public final class SocketRoute {

  /** The subprotocol; later ones are added, and this one stays. */
  static final String PROTOCOL = "parley.v1";

  private static final String SCHEME = "Bearer";
  private static final String TICKET = "ticket";

  /** A stop waits so long for sockets to be closed; less than the phase's own timeout. */
  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(4);

  /** What one user may tell of their typing: a person starts and stops no faster. */
  private static final Rate TYPING = new Rate(10, Duration.ofMillis(500));

  private final Backend backend;
  private final SocketSettings settings;
  private final ActorSystem<?> system;
  private final ActorRef<Sessions.Command> sessions;

  /**
   * Whom the sockets speak with.
   *
   * @param mailboxes reads the beginning of an excerpt from the journal
   * @param sends what users may send, over REST and sockets together
   */
  public record Backend(
      Users users,
      Function<Excerpt, CompletionStage<Piece>> mailboxes,
      Presences presences,
      Carriage carriage,
      Tokens tokens,
      TokenBuckets sends,
      InstantSource clock) {}

  /** Sockets are told when the system stops, and closed before the server is. */
  public SocketRoute(Backend backend, SocketSettings settings, ActorSystem<?> system) {
    this.backend = backend;
    this.settings = settings;
    this.system = system;
    var surroundings =
        new Session.Surroundings(
            backend.users(),
            backend.mailboxes(),
            backend.presences(),
            backend.carriage(),
            backend.sends(),
            new TokenBuckets(TYPING, backend.clock()),
            backend.clock(),
            settings);
    this.sessions = system.systemActorOf(Sessions.create(surroundings), "sockets", Props.empty());
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "drain-sockets", this::drain);
  }

  private CompletionStage<Done> drain() {
    return AskPattern.ask(sessions, Sessions.Drain::new, DRAIN_TIMEOUT, system.scheduler());
  }

  /** The upgrade. A refusal is thrown as {@link RefusedInput}, before it. */
  public Route route() {
    return extractRequest(request -> completeWithFuture(upgrade(request)));
  }

  private CompletionStage<HttpResponse> upgrade(HttpRequest request) {
    var pass = pass(request);
    var upgrade =
        request
            .<WebSocketUpgrade>getAttribute(AttributeKeys.webSocketUpgrade)
            .orElseThrow(() ->
                new RefusedInput(
                    Failure.MALFORMED_REQUEST, "This is a WebSocket: ask for the upgrade to it"));
    var protocol = protocol(upgrade);
    return guest(pass)
        .thenCompose(
            guest -> open(guest).thenApply(session -> upgraded(upgrade, protocol, guest, session)));
  }

  private static Optional<String> protocol(WebSocketUpgrade upgrade) {
    var offered =
        StreamSupport.stream(upgrade.getRequestedProtocols().spliterator(), false).toList();
    if (offered.isEmpty()) {
      return Optional.empty();
    }
    if (!offered.contains(PROTOCOL)) {
      throw new RefusedInput(
          Failure.MALFORMED_REQUEST, "The subprotocol " + PROTOCOL + " is spoken here");
    }
    return Optional.of(PROTOCOL);
  }

  /** What a request to enter shows, which was made by this cluster. */
  private sealed interface Pass {

    record Token(Tokens.Verified verified) implements Pass {}

    record Ticket(Tokens.Ticket ticket) implements Pass {}
  }

  private Pass pass(HttpRequest request) {
    var ticket = request.getUri().query().get(TICKET);
    var token = token(request);
    if (token.isEmpty() && ticket.isPresent()) {
      return backend
          .tokens()
          .unseal(ticket.get())
          .<Pass>map(Pass.Ticket::new)
          .orElseThrow(() -> unauthenticated("That is no ticket"));
    }
    return token
        .flatMap(backend.tokens()::verify)
        .<Pass>map(Pass.Token::new)
        .orElseThrow(() -> unauthenticated("The access token is missing or not valid"));
  }

  private CompletionStage<Guest> guest(Pass pass) {
    return switch (pass) {
      case Pass.Token(var verified) -> admitted(new Guest(verified.caller(), verified.expiresAt()));
      case Pass.Ticket(var ticket) -> redeemed(ticket);
    };
  }

  /** A token outlives its session; only the user's actor knows whether that has ended. */
  private CompletionStage<Guest> admitted(Guest guest) {
    return AskPattern.<UserCommand, UserReply.ToGetDevices>ask(
            backend.users().of(guest.caller().user()),
            replyTo -> new UserCommand.GetDevices(guest.caller(), replyTo),
            settings.askTimeout(),
            system.scheduler())
        .thenApply(reply ->
            switch (reply) {
              case UserReply.DeviceList devices -> guest;
              case UserReply.Refused(var why) ->
                  throw new RefusedInput(why.failure(), why.detail());
            });
  }

  private static Optional<String> token(HttpRequest request) {
    return request
        .getHeader(Authorization.class)
        .map(Authorization::credentials)
        .filter(credentials -> credentials.scheme().equalsIgnoreCase(SCHEME))
        .map(credentials -> credentials.token());
  }

  private static RefusedInput unauthenticated(String detail) {
    return new RefusedInput(Failure.UNAUTHENTICATED, detail);
  }

  /** A ticket begins with whose it is: {@code <userId>.<random>}. */
  private CompletionStage<Guest> redeemed(Tokens.Ticket ticket) {
    var owner = new UserId(ticket.name().substring(0, ticket.name().indexOf('.')));
    return AskPattern.<UserCommand, UserReply.ToRedeemTicket>ask(
            backend.users().of(owner),
            replyTo -> new UserCommand.RedeemTicket(ticket.name(), replyTo),
            settings.askTimeout(),
            system.scheduler())
        .thenApply(reply ->
            switch (reply) {
              case UserReply.TicketRedeemed(var caller) -> new Guest(caller, ticket.until());
              case UserReply.Refused(var why) -> throw unauthenticated(why.detail());
            });
  }

  private CompletionStage<ActorRef<SessionCommand>> open(Guest guest) {
    return AskPattern.<Sessions.Command, Sessions.Answer>ask(
            sessions,
            replyTo -> new Sessions.Open(guest, replyTo),
            settings.askTimeout(),
            system.scheduler())
        .thenApply(answer ->
            switch (answer) {
              case Sessions.Opened(var session) -> session;
              case Sessions.Refused(var why) -> throw new RefusedInput(why.failure(), why.detail());
            });
  }

  private HttpResponse upgraded(
      WebSocketUpgrade upgrade,
      Optional<String> protocol,
      Guest guest,
      ActorRef<SessionCommand> session) {
    Flow<FrameEvent, FrameEvent, Object> flow =
        Flow.fromGraph(new SocketStage(session, guest.caller().user(), settings))
            .mapMaterializedValue(it -> it);
    return ((UpgradeToWebSocketLowLevel) upgrade)
        .handleFrames(flow, Option.apply(protocol.orElse(null)));
  }
}
