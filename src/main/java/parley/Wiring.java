package parley;

import akka.actor.typed.ActorSystem;
import akka.persistence.query.PersistenceQuery;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import parley.account.Passwords;
import parley.account.SigningKey;
import parley.account.Tokens;
import parley.archive.Archive;
import parley.archive.EmbeddedArchive;
import parley.cluster.Membership;
import parley.cluster.ShardedPresences;
import parley.cluster.ShardedUsers;
import parley.distribution.DirectDistributor;
import parley.embedded.EmbeddedReadJournal;
import parley.embedded.EmbeddedStore;
import parley.http.Api;
import parley.http.HttpServer;
import parley.http.PushRoutes;
import parley.limit.RateLimits;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.push.Destinations;
import parley.push.NoPushes;
import parley.push.PushSettings;
import parley.push.Pushes;
import parley.push.VapidKey;
import parley.push.WebPush;
import parley.socket.SocketRoute;
import parley.user.MailboxReader;
import parley.user.User;

/** Puts the parts of one node together: store, users, accounts, server, in this order. */
final class Wiring {

  private static final String CLUSTER = "cluster";
  private static final String STORE = "store";
  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STORE_CHECK = Duration.ofSeconds(1);

  private final Settings settings;
  private final ActorSystem<Void> system;
  private final InstantSource clock = Clock.systemUTC();
  private final Health health = new Health(List.of(CLUSTER, STORE));
  private final Metrics metrics = new Metrics();
  private final RateLimits rates;
  private final Archive archive;
  private final MailboxReader mailboxes;
  private final ShardedUsers users;
  private final Tokens tokens;
  private final Optional<VapidKey> pushKey;

  /** Opens the store and joins the cluster; blocks until then. */
  Wiring(Settings settings, ActorSystem<Void> system) {
    this.settings = settings;
    this.system = system;
    this.rates = RateLimits.of(settings.limits().rates(), clock);
    var store = EmbeddedStore.get(system);
    watch(store);
    this.archive = new EmbeddedArchive(store);
    this.mailboxes = new MailboxReader(journal(), system);
    Membership.joinAlone(system, health, CLUSTER, JOIN_TIMEOUT);
    this.users = new ShardedUsers(system, settings.user().peerTimeout());
    this.tokens = tokens();
    this.pushKey = pushKey();
  }

  /** Starts to host users, then to listen; where. Blocks until then. */
  InetSocketAddress start() {
    users.host(
        new User.Surroundings(
            users,
            new DirectDistributor(users),
            archive,
            mailboxes,
            clock,
            metrics,
            pushes(),
            settings.user()));
    var http = settings.http();
    return HttpServer.start(
            system,
            new InetSocketAddress(http.host(), http.port()),
            api().route(sockets().route()),
            http.askTimeout())
        .toCompletableFuture()
        .join()
        .address();
  }

  private EmbeddedReadJournal journal() {
    return PersistenceQuery.get(system)
        .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER);
  }

  private Pushes pushes() {
    if (!settings.push().enabled()) {
      return new NoPushes();
    }
    var push = new WebPush(pushKey.orElseThrow(), settings.push(), metrics);
    system.getWhenTerminated().thenRun(push::close);
    return push;
  }

  /** Empty when this node sends no notifications. */
  private Optional<VapidKey> pushKey() {
    return Optional.of(settings.push())
        .filter(PushSettings::enabled)
        .map(push ->
            push.key().map(VapidKey::of).orElseGet(() -> VapidKey.inFolder(settings.data())));
  }

  private Tokens tokens() {
    var account = settings.account();
    var key =
        account
            .signingKey()
            .map(SigningKey::of)
            .orElseGet(() -> SigningKey.inFolder(settings.data()));
    return new Tokens(key, account.accessTokenLifetime(), clock);
  }

  private Api api() {
    var hash = settings.account().hash();
    var passwords = new Passwords(hash.cost(), hash.threadsMax(), hash.waitingMax());
    system
        .getWhenTerminated()
        .thenRun(() -> {
          passwords.close();
          metrics.close();
        });
    var http = settings.http();
    return new Api(
        new Api.Backend(
            users,
            mailboxes::entries,
            archive,
            rates,
            passwords,
            tokens,
            new PushRoutes.Way(
                pushKey.map(VapidKey::publicText), new Destinations(settings.push().allowLocal())),
            health,
            metrics),
        new Api.Limits(
            http.bodyBytesMax(),
            http.askTimeout(),
            settings.account().refreshTokenLifetime(),
            http.trustedProxies()),
        clock,
        system);
  }

  private SocketRoute sockets() {
    var presences = new ShardedPresences(system);
    presences.host(clock);
    var backend =
        new SocketRoute.Backend(
            users,
            mailboxes::entries,
            presences,
            tokens,
            settings.account().accessTokenLifetime(),
            rates.sends(),
            clock);
    return new SocketRoute(backend, settings.socket(), system);
  }

  private void watch(EmbeddedStore store) {
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
}
