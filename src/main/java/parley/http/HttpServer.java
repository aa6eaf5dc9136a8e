package parley.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import parley.message.Failure;

/**
 * Listens. It stops with the actor system: no more connections, then what is under way is answered,
 * then what is left is cut off.
 */
public final class HttpServer {

  private final ServerBinding binding;

  private HttpServer(ServerBinding binding) {
    this.binding = binding;
  }

  /**
   * Starts to listen.
   *
   * @param address port 0 takes any free one
   * @param stopDeadline what is under way may take so long once the system stops
   * @return fails because of {@link CannotListen} when the address cannot be had
   */
  public static CompletionStage<HttpServer> start(
      ActorSystem<?> system, InetSocketAddress address, Route route, Duration stopDeadline) {
    return Http.get(system)
        .newServerAt(address.getHostString(), address.getPort())
        .withSettings(settings(system))
        .bind(route)
        .handle((binding, failure) -> {
          if (failure != null) {
            throw new CannotListen(address, failure);
          }
          return new HttpServer(binding.addToCoordinatedShutdown(stopDeadline, system));
        });
  }

  private static ServerSettings settings(ActorSystem<?> system) {
    return ServerSettings.create(system.classicSystem())
        .withTransparentHeadRequests(true)
        .withRemoteAddressAttribute(true)
        .withParsingErrorHandler(ParsingProblems.class.getName())
        .withTerminationDeadlineExceededResponse(
            Problems.answer(Failure.BUSY, "This node stops; try again"));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return binding.localAddress();
  }

  /** The address cannot be had. The message says so in words for whoever starts the node. */
  public static final class CannotListen extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotListen(InetSocketAddress address, Throwable failure) {
      super(
          "Cannot listen on %s:%d: %s"
              .formatted(address.getHostString(), address.getPort(), reason(failure)),
          failure);
    }

    private static String reason(Throwable failure) {
      var innermost = failure;
      while (innermost.getCause() != null) {
        innermost = innermost.getCause();
      }
      return innermost.getMessage();
    }
  }
}
