package parley;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.pattern.Patterns;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.account.Passwords;
import parley.account.SigningKey;
import parley.account.Tokens;
import parley.archive.Charter;
import parley.cluster.Coordinators;
import parley.cluster.LoneRegions;
import parley.cluster.Membership;
import parley.cluster.Role;
import parley.cluster.ShardedGroups;
import parley.cluster.ShardedMedia;
import parley.cluster.ShardedMlsGroups;
import parley.cluster.ShardedPresences;
import parley.cluster.ShardedUsers;
import parley.group.Group;
import parley.http.Api;
import parley.http.Gate;
import parley.http.HttpServer;
import parley.http.MediaRoutes;
import parley.http.MlsRoutes;
import parley.http.PushRoutes;
import parley.limit.RateLimits;
import parley.media.Medium;
import parley.media.MediumAsker;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.push.Destinations;
import parley.push.NoPushes;
import parley.push.Pushes;
import parley.push.VapidKey;
import parley.push.WebPush;
import parley.socket.SocketRoute;
import parley.user.Piece;
import parley.user.User;

/** Puts the parts of one node together: server, stores, cluster, users, API, in this order. */
final class Wiring {

  private static final String NODE = "node";
  private static final String GOES_DOWN = "it goes down";

  private final Settings settings;
  private final ActorSystem<Void> system;
  private final InstantSource clock = Clock.systemUTC();
  private final Metrics metrics = new Metrics();
  private final Health health;
  private final Gate gate;
  private final ShardedUsers users;
  private final ShardedGroups groups;
  private final ShardedMlsGroups mls;
  private final ShardedPresences presences;
  private final ShardedMedia media;
  private final Optional<VapidKey> pushKey;
  private volatile boolean ends;

  Wiring(Settings settings, ActorSystem<Void> system) {
    this.settings = settings;
    this.system = system;
    this.health = new Health(parts());
    this.gate =
        new Gate(
            health,
            metrics,
            has(Role.API)
                ? "This node is starting; try again"
                : "This node does not serve the API; ask one that does");
    var user = settings.user();
    this.users =
        new ShardedUsers(
            system, new ShardedUsers.Limits(user.peerTimeout(), user.batchEntriesMax()));
    this.groups = new ShardedGroups(system);
    this.mls = new ShardedMlsGroups(system);
    this.presences = new ShardedPresences(system);
    this.media = new ShardedMedia(system);
    LoneRegions.endWithTheirShards(system);
    system.getWhenTerminated().thenRun(metrics::close);
    this.pushKey = pushKey();
  }

  private boolean has(Role role) {
    return settings.cluster().has(role);
  }

  /** A node that only takes deliveries on needs no store. */
  private boolean needsStores() {
    return has(Role.API) || has(Role.USER);
  }

  /** A node that only serves the API hands nothing over. */
  private boolean needsKafka() {
    return settings.distributor() == Settings.Queue.KAFKA && (has(Role.USER) || has(Role.WORKER));
  }

  private List<String> parts() {
    var parts = new ArrayList<>(List.of(NODE, Membership.PART));
    if (needsStores()) {
      parts.add(Stores.part(settings.store()));
    }
    if (has(Role.API)) {
      parts.add(MediaWiring.PART);
    }
    if (needsKafka()) {
      parts.add(Distribution.KAFKA);
    }
    return parts;
  }

  private Distribution distribution() {
    return needsKafka()
        ? Distribution.kafka(users, settings, system, health, metrics)
        : Distribution.direct(users);
  }

  /** Starts to listen, and to tell the node's health; where. Blocks until then. */
  InetSocketAddress listen() {
    var http = settings.http();
    var address =
        HttpServer.start(
                system,
                new InetSocketAddress(http.host(), http.port()),
                gate.route(),
                http.askTimeout())
            .toCompletableFuture()
            .join()
            .address();
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "tell-the-end", this::tellTheEnd);
    return address;
  }

  private CompletionStage<Done> tellTheEnd() {
    ends = true;
    health.down(NODE, GOES_DOWN);
    return Patterns.after(
        settings.http().drainDelay(),
        system.classicSystem(),
        () -> CompletableFuture.completedStage(Done.getInstance()));
  }

  /** Looks for what the node needs, and starts it; done when it does its work. */
  CompletionStage<Done> open() {
    var stores =
        needsStores()
            ? Stores.open(settings, system, health).thenApply(Optional::of)
            : CompletableFuture.completedStage(Optional.<Stores>empty());
    var distribution = distribution();
    var joined = Membership.join(system, settings.cluster(), health, charter(stores));
    return together(stores, joined).thenCompose(opened -> start(opened, distribution));
  }

  /** What the first brings, once both are done; fails as soon as one of them has failed. */
  private static <T> CompletionStage<T> together(
      CompletionStage<T> first, CompletionStage<?> second) {
    var both = new CompletableFuture<T>();
    first.thenAcceptBoth(second, (brought, done) -> both.complete(brought));
    for (var each : List.of(first, second)) {
      each.whenComplete((done, failure) -> {
        if (failure != null) {
          both.completeExceptionally(failure);
        }
      });
    }
    return both;
  }

  /** A node that keeps nothing cannot ask for it, and so never begins a cluster. */
  private Optional<CompletionStage<Charter>> charter(CompletionStage<Optional<Stores>> stores) {
    return needsStores() && settings.cluster().hasPeers()
        ? Optional.of(stores.thenApply(it -> it.flatMap(Stores::charter).orElseThrow()))
        : Optional.empty();
  }

  private CompletionStage<Done> start(Optional<Stores> stores, Distribution distribution) {
    var placement = settings.cluster().placement();
    if (has(Role.USER)) {
      groups.host(groupSurroundings(stores.orElseThrow(), distribution), placement);
      users.host(userSurroundings(stores.orElseThrow(), distribution), placement);
      mls.host(clock, settings.keys(), placement);
      presences.host(clock, placement);
      media.host(new Medium.Surroundings(clock, settings.media()), placement);
    } else {
      groups.find(placement);
      users.find(placement);
      mls.find(placement);
      presences.find(placement);
      media.find(placement);
    }
    if (has(Role.WORKER)) {
      distribution.work();
    }
    return Coordinators.found(system)
        .thenApply(found -> {
          if (has(Role.API)) {
            serve(stores.orElseThrow());
          }
          health.up(NODE);
          if (ends) {
            // It was told to while it was still starting.
            health.down(NODE, GOES_DOWN);
          }
          return found;
        });
  }

  private Group.Surroundings groupSurroundings(Stores stores, Distribution distribution) {
    return new Group.Surroundings(
        distribution.distributor(), stores.archive(), clock, settings.group());
  }

  private User.Surroundings userSurroundings(Stores stores, Distribution distribution) {
    return new User.Surroundings(
        users,
        groups,
        distribution.distributor(),
        stores.archive(),
        stores.mailboxes(),
        clock,
        metrics,
        pushes(),
        new User.Encryption(mls, settings.keys()),
        settings.user());
  }

  private void serve(Stores stores) {
    var rates = RateLimits.of(settings.limits().rates(), clock);
    var key = signingKey();
    var tokens = new Tokens(key, settings.account().accessTokenLifetime(), clock);
    var way = mediaWiring().start(stores.archive(), key);
    var backend =
        new SocketRoute.Backend(
            users,
            excerpt -> stores.mailboxes().piece(excerpt, settings.socket().pullBytesMax()),
            presences,
            way.carriage(),
            tokens,
            rates.sends(),
            clock);
    var socket = new SocketRoute(backend, settings.socket(), system);
    gate.open(api(stores, rates, tokens, way).route(socket.route()));
  }

  private Api api(Stores stores, RateLimits rates, Tokens tokens, MediaRoutes.Way way) {
    var hash = settings.account().hash();
    var passwords = new Passwords(hash.cost(), hash.threadsMax(), hash.waitingMax());
    system.getWhenTerminated().thenRun(passwords::close);
    var http = settings.http();
    return new Api(
        new Api.Backend(
            users,
            excerpt ->
                stores.mailboxes().piece(excerpt, Api.ENTRIES_BYTES_MAX).thenApply(Piece::entries),
            stores.archive(),
            new MlsRoutes.Source(mls, stores.commits()::from),
            rates,
            passwords,
            tokens,
            new PushRoutes.Way(
                pushKey.map(VapidKey::publicText), new Destinations(settings.push().allowLocal())),
            way,
            health,
            metrics),
        new Api.Limits(
            http.bodyBytesMax(),
            settings.group().membersMax(),
            http.askTimeout(),
            settings.account().refreshTokenLifetime(),
            http.trustedProxies()),
        clock,
        system);
  }

  private Pushes pushes() {
    if (pushKey.isEmpty()) {
      return new NoPushes();
    }
    var push = new WebPush(pushKey.get(), settings.push(), metrics);
    system.getWhenTerminated().thenRun(push::close);
    return push;
  }

  /** Empty when this node sends no notifications. */
  private Optional<VapidKey> pushKey() {
    boolean isShared = settings.push().key().isPresent() || !settings.cluster().hasPeers();
    if (settings.push().enabled() && !isShared) {
      system
          .log()
          .warn(
              "Web Push is off: a browser subscribes for one node's key, and another node may notify"
                  + " it. Set parley.push.key (PARLEY_PUSH_KEY), to the same on all nodes");
    }
    return Optional.of(settings.push())
        .filter(push -> push.enabled() && isShared)
        .map(push ->
            push.key().map(VapidKey::of).orElseGet(() -> VapidKey.inFolder(settings.data())));
  }

  private SigningKey signingKey() {
    return settings
        .account()
        .signingKey()
        .map(SigningKey::of)
        .orElseGet(() -> SigningKey.inFolder(settings.data()));
  }

  private MediaWiring mediaWiring() {
    return new MediaWiring(
        new MediaWiring.Node(settings, system, clock, health, metrics),
        new MediumAsker.Actors(media::medium, media::quota, users, groups));
  }
}
