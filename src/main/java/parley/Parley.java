package parley;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import parley.archive.CassandraException;
import parley.distribution.KafkaProblem;
import parley.embedded.StoreException;
import parley.http.HttpServer;

/**
 * One node: runs inside any JVM, as many as there are data folders and ports for.
 *
 * <pre>{@code
 * var parley = Parley.start(Settings.load(Optional.empty(), Map.of("parley.http.port", 0)));
 * parley.address();
 * parley.stop().toCompletableFuture().join();
 * }</pre>
 */
public final class Parley {

  private final ActorSystem<Void> system;
  private final InetSocketAddress address;
  private final CompletionStage<Done> ready;

  private Parley(ActorSystem<Void> system, InetSocketAddress address, CompletionStage<Done> ready) {
    this.system = system;
    this.address = address;
    this.ready = ready;
  }

  /**
   * Starts a node; blocks until it is ready. Throws {@link StartFailure}, and leaves nothing
   * running, when it cannot.
   */
  public static Parley start(Settings settings) {
    var parley = begin(settings);
    parley.awaitReady();
    return parley;
  }

  /**
   * Starts a node, which already tells its health, and goes on to look for what it needs. Throws
   * {@link StartFailure} likewise.
   */
  public static Parley begin(Settings settings) {
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "parley", settings.config());
    try {
      var wiring = new Wiring(settings, system);
      var address = wiring.listen();
      return new Parley(system, address, wiring.open());
    } catch (RuntimeException e) {
      terminate(system);
      throw asStartFailure(e);
    } catch (Error e) {
      // As of a library that cannot be loaded.
      terminate(system);
      throw e;
    }
  }

  private static void terminate(ActorSystem<Void> system) {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private static RuntimeException asStartFailure(RuntimeException e) {
    return switch (e) {
      case CassandraException cassandra -> new StartFailure(cassandra.getMessage(), cassandra);
      case StoreException store -> new StartFailure(store.getMessage(), store);
      case KafkaProblem kafka -> new StartFailure(kafka.getMessage(), kafka);
      case HttpServer.CannotListen listen -> new StartFailure(listen.getMessage(), listen);
      case CompletionException wrapped when wrapped.getCause() instanceof RuntimeException cause ->
          asStartFailure(cause);
      default -> e;
    };
  }

  /**
   * Blocks until the node has found all that it needs, and takes requests. Throws {@link
   * StartFailure}, and leaves nothing running, when it cannot.
   */
  void awaitReady() {
    try {
      ready.toCompletableFuture().join();
    } catch (RuntimeException e) {
      terminate(system);
      throw asStartFailure(e);
    }
  }

  /** Whether it has not found what it needs: {@link #awaitReady} tells, or told, what. */
  boolean couldNotStart() {
    return ready.toCompletableFuture().isCompletedExceptionally();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Stops it in order: no more requests, those under way are answered, actors finish their writes,
   * the store is closed. Done when nothing of it runs any more.
   */
  public CompletionStage<Done> stop() {
    CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.unknownReason());
    return ended();
  }

  /** Done when it has ended, whether it was asked to or by itself. */
  public CompletionStage<Done> ended() {
    return system.getWhenTerminated();
  }
}
