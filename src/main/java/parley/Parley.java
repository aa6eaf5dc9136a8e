package parley;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.query.PersistenceQuery;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import parley.account.Passwords;
import parley.account.SigningKey;
import parley.account.Tokens;
import parley.archive.EmbeddedArchive;
import parley.cluster.Membership;
import parley.cluster.ShardedPresences;
import parley.cluster.ShardedUsers;
import parley.distribution.DirectDistributor;
import parley.embedded.EmbeddedReadJournal;
import parley.embedded.EmbeddedStore;
import parley.embedded.StoreException;
import parley.http.Api;
import parley.http.HttpServer;
import parley.limit.RateLimits;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.socket.SocketRoute;
import parley.user.MailboxReader;
import parley.user.User;

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

  private static final String CLUSTER = "cluster";
  private static final String STORE = "store";
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STORE_CHECK = Duration.ofSeconds(1);

  private final ActorSystem<Void> system;
  private final InetSocketAddress address;

  private Parley(ActorSystem<Void> system, InetSocketAddress address) {
    this.system = system;
    this.address = address;
  }

  /**
   * Starts a node; blocks until it is ready. Throws {@link StartFailure}, and leaves nothing
   * running, when it cannot.
   */
  public static Parley start(Settings settings) {
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "parley", settings.config());
    try {
      return new Parley(system, build(settings, system));
    } catch (RuntimeException e) {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
      throw asStartFailure(e);
    }
  }

  private static RuntimeException asStartFailure(RuntimeException e) {
    return switch (e) {
      case StoreException store -> new StartFailure(store.getMessage(), store);
      case HttpServer.CannotListen listen -> new StartFailure(listen.getMessage(), listen);
      case CompletionException wrapped when wrapped.getCause() instanceof RuntimeException cause ->
          asStartFailure(cause);
      default -> e;
    };
  }

  private static InetSocketAddress build(Settings settings, ActorSystem<Void> system) {
    InstantSource clock = Clock.systemUTC();
    var health = new Health(List.of(CLUSTER, STORE));
    var metrics = new Metrics();
    var store = EmbeddedStore.get(system);
    watch(store, health, system);

    var reader = new MailboxReader(journalOf(system), system);
    var users = new ShardedUsers(system, settings.user().peerTimeout());
    var distributor = new DirectDistributor(users);
    var archive = new EmbeddedArchive(store);
    Membership.joinAlone(system, health, CLUSTER, JOIN_TIMEOUT);
    users.host(
        new User.Surroundings(
            users, distributor, archive, reader, clock, metrics, settings.user()));

    var account = settings.account();
    var key = account.signingKey().map(SigningKey::of);
    var tokens =
        new Tokens(
            key.orElseGet(() -> SigningKey.inFolder(settings.data())),
            account.accessTokenLifetime(),
            clock);
    var hash = account.hash();
    var passwords = new Passwords(hash.cost(), hash.threadsMax(), hash.waitingMax());
    closeWith(system, passwords, metrics);

    var http = settings.http();
    var api =
        new Api(
            new Api.Backend(
                users,
                reader::entries,
                archive,
                RateLimits.of(settings.limits().rates(), clock),
                passwords,
                tokens,
                health,
                metrics),
            new Api.Limits(
                http.bodyBytesMax(),
                http.askTimeout(),
                account.refreshTokenLifetime(),
                http.trustedProxies()),
            clock,
            system);
    var presences = new ShardedPresences(system);
    presences.host(clock);
    var sockets =
        new SocketRoute(
            new SocketRoute.Backend(
                users, reader::entries, presences, tokens, account.accessTokenLifetime(), clock),
            settings.socket(),
            system);
    return HttpServer.start(
            system,
            new InetSocketAddress(http.host(), http.port()),
            api.route(sockets.route()),
            http.askTimeout())
        .toCompletableFuture()
        .join()
        .address();
  }

  private static EmbeddedReadJournal journalOf(ActorSystem<Void> system) {
    return PersistenceQuery.get(system)
        .getReadJournalFor(EmbeddedReadJournal.class, "parley.embedded.query");
  }

  private static void watch(EmbeddedStore store, Health health, ActorSystem<Void> system) {
    Runnable check =
        () -> {
          if (store.isOpen()) {
            health.up(STORE);
          } else {
            health.down(STORE, "closed, or a write has failed; see the log and restart the node");
          }
        };
    check.run();
    system
        .scheduler()
        .scheduleAtFixedRate(STORE_CHECK, STORE_CHECK, check, system.executionContext());
  }

  private static void closeWith(ActorSystem<Void> system, Passwords passwords, Metrics metrics) {
    system
        .getWhenTerminated()
        .thenRun(() -> {
          passwords.close();
          metrics.close();
        });
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
