package parley.http;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.server.Directives;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import parley.account.HashCost;
import parley.account.Passwords;
import parley.account.SigningKey;
import parley.account.Tokens;
import parley.keys.MlsCommand;
import parley.keys.MlsReply;
import parley.limit.RateLimits;
import parley.limit.RateLimits.Rates;
import parley.media.IdleMedia;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.Positioned;
import parley.message.SessionId;
import parley.message.UserId;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.push.Destinations;
import parley.user.Excerpt;
import parley.user.UserCommand;

/**
 * A real server on a free port. Behind it stands one actor that answers for all users as a test
 * says with {@link #when}; what it was not told about it leaves unanswered.
 */
final class RestServer implements AutoCloseable {

  static final SigningKey SIGNING_KEY = SigningKey.of("a-key-of-at-least-thirty-two-bytes");
  static final String PUSH_KEY = "a-public-key";
  static final int BODY_BYTES_MAX = 256 * 1024;
  static final int GROUP_MEMBERS_MAX = 10;
  static final Caller ANN =
      new Caller(new UserId("ann"), new DeviceId("phone"), new SessionId("s-1"));

  final ScriptedArchive archive = new ScriptedArchive();
  final Health health = new Health(List.of("store"));
  final Metrics metrics = new Metrics();
  final Passwords passwords = new Passwords(HashCost.parse("m=8,t=1,p=1"), 1, 10);
  final Tokens tokens = new Tokens(SIGNING_KEY, Duration.ofMinutes(15), InstantSource.system());

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<Class<?>, Consumer<UserCommand>> answers = new ConcurrentHashMap<>();
  private final List<UserCommand> received = new CopyOnWriteArrayList<>();
  private final ActorTestKit kit = ActorTestKit.create("rest", config());
  private final HttpClient client = HttpClient.newHttpClient();
  private final InetSocketAddress address;
  private volatile Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes =
      excerpt -> CompletableFuture.completedStage(excerpt.recent());

  /** How far every encrypted conversation is. */
  volatile MlsReply.Standing standing = new MlsReply.Standing(0, 1, Optional.empty());

  /** How commits are read. */
  volatile MlsRoutes.CommitSource commits =
      (conversation, epoch, limit) -> CompletableFuture.completedStage(List.of());

  RestServer() {
    this(Duration.ofSeconds(10));
  }

  /** A server whose routes wait so long for a user's actor. */
  RestServer(Duration askTimeout) {
    this(askTimeout, RateLimits.of(Rates.UNLIMITED, InstantSource.system()), List.of());
  }

  /** A server that limits, and trusts those proxies. */
  RestServer(Duration askTimeout, RateLimits rates, List<AddressRange> trustedProxies) {
    var user = kit.spawn(user());
    var media = IdleMedia.on(kit.system(), id -> user, archive);
    var conversation = kit.spawn(conversation());
    var backend =
        new Api.Backend(
            id -> user,
            e -> mailboxes.apply(e),
            archive,
            new MlsRoutes.Source(
                id -> conversation, (id, epoch, limit) -> commits.from(id, epoch, limit)),
            rates,
            passwords,
            tokens,
            new PushRoutes.Way(Optional.of(PUSH_KEY), new Destinations(false)),
            new MediaRoutes.Way(
                media.uploads(),
                media.access(),
                media.carriage(),
                media.pictures(),
                media.workshop(),
                media.links(),
                media.store()),
            health,
            metrics);
    var limits =
        new Api.Limits(
            BODY_BYTES_MAX, GROUP_MEMBERS_MAX, askTimeout, Duration.ofDays(30), trustedProxies);
    var api = new Api(backend, limits, InstantSource.system(), kit.system());
    address =
        HttpServer.start(
                kit.system(),
                new InetSocketAddress("127.0.0.1", 0),
                api.route(Directives.reject()),
                Duration.ofSeconds(1))
            .toCompletableFuture()
            .join()
            .address();
  }

  /** The node's own, but for its actors: they are no part of these tests. */
  private static Config config() {
    return ConfigFactory.defaultApplication()
        .withoutPath("akka.actor")
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private Behavior<UserCommand> user() {
    return Behaviors.receiveMessage(command -> {
      received.add(command);
      answers.getOrDefault(command.getClass(), unanswered -> {}).accept(command);
      return Behaviors.same();
    });
  }

  private Behavior<MlsCommand> conversation() {
    return Behaviors.receiveMessage(command -> {
      if (command instanceof MlsCommand.GetStanding get) {
        get.replyTo().tell(standing);
      }
      return Behaviors.same();
    });
  }

  /** What every user answers from now on. */
  <C extends UserCommand> void when(Class<C> command, Consumer<C> answer) {
    answers.put(command, c -> answer.accept(command.cast(c)));
  }

  /** How mailboxes are read from now on. */
  void whenReading(Function<Excerpt, CompletionStage<List<Positioned>>> reader) {
    mailboxes = reader;
  }

  /** All commands of that kind that users were asked, in order. */
  <C extends UserCommand> List<C> received(Class<C> command) {
    return received.stream().filter(command::isInstance).map(command::cast).toList();
  }

  /** Forgets what was received, how to answer, and what was archived. */
  void reset() {
    received.clear();
    answers.clear();
    archive.reset();
  }

  ActorSystem<?> system() {
    return kit.system();
  }

  InetSocketAddress address() {
    return address;
  }

  String annsToken() {
    return tokens.issue(ANN).text();
  }

  /** A call by Ann, with a body when it is not empty. */
  HttpResponse<String> asAnn(String method, String path, String body) {
    return send(request(method, path, body).header("Authorization", "Bearer " + annsToken()));
  }

  /** A call by nobody. */
  HttpResponse<String> call(String method, String path, String body) {
    return send(request(method, path, body));
  }

  HttpRequest.Builder request(String method, String path, String body) {
    var uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    return body.isEmpty()
        ? request.method(method, BodyPublishers.noBody())
        : request
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    passwords.close();
    metrics.close();
  }
}
