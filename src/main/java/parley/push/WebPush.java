package parley.push;

import static java.util.concurrent.CompletableFuture.completedStage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.zerodeplibs.webpush.httpclient.StandardHttpClientRequestPreparer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.message.ConversationId;
import parley.ops.Metrics;

/**
 * Sends notifications to the push services of browsers: each once, a few at a time, and a bounded
 * number of them waits. A push service that is slow or down costs notifications, and nothing else.
 */
public final class WebPush implements Pushes, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WebPush.class);
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  /** How long a push service may take the signature for ours; 24 is the most that it takes. */
  private static final int TOKEN_HOURS = 1;

  private static final int NOT_FOUND = 404;
  private static final int GONE = 410;

  private final VapidKey key;
  private final PushSettings settings;
  private final Destinations destinations;
  private final Metrics metrics;
  private final ThreadPoolExecutor threads;
  private final HttpClient client;

  public WebPush(VapidKey key, PushSettings settings, Metrics metrics) {
    this.key = key;
    this.settings = settings;
    this.metrics = metrics;
    this.destinations = new Destinations(settings.allowLocal());
    this.threads =
        new ThreadPoolExecutor(
            settings.sendingMax(),
            settings.sendingMax(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(settings.waitingMax()),
            Thread.ofVirtual().name("push-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    // A redirection could lead where an endpoint may not.
    this.client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeout())
            .build();
  }

  @Override
  public Pace pace() {
    return new Pace(settings.delay(), settings.pause());
  }

  @Override
  public CompletionStage<Fate> push(PushSubscription device, Notification what) {
    try {
      return CompletableFuture.supplyAsync(() -> send(device, what), threads)
          .exceptionally(failure -> {
            log.debug("Notification failed, message={}", what.message(), failure);
            return Fate.FAILED;
          })
          .thenApply(this::counted);
    } catch (RejectedExecutionException e) {
      return completedStage(counted(Fate.DROPPED));
    }
  }

  private Fate counted(Fate fate) {
    metrics.pushed(fate.name().toLowerCase(Locale.ROOT));
    return fate;
  }

  private Fate send(PushSubscription device, Notification what) {
    try {
      destinations.check(URI.create(device.endpoint()));
      var response = client.send(request(device, what), BodyHandlers.ofInputStream());
      // Whatever it says: only its status counts, and reading might never end.
      response.body().close();
      return fate(response.statusCode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Fate.FAILED;
    }
  }

  private static Fate fate(int status) {
    return switch (status) {
      case NOT_FOUND, GONE -> Fate.GONE;
      default -> status / 100 == 2 ? Fate.SENT : Fate.FAILED;
    };
  }

  private HttpRequest request(PushSubscription device, Notification what) {
    var preparer =
        StandardHttpClientRequestPreparer.getBuilder()
            .pushSubscription(librarys(device))
            .vapidJWTExpiresAfter(TOKEN_HOURS, TimeUnit.HOURS)
            .pushMessage(json(what))
            .ttl(settings.timeToLive().toSeconds(), TimeUnit.SECONDS)
            .urgencyHigh()
            .topic(topic(what.conversation()));
    settings.contact().ifPresent(preparer::vapidJWTSubject);
    return preparer.build(key.pair()).toRequestBuilder().timeout(settings.timeout()).build();
  }

  private static com.zerodeplibs.webpush.PushSubscription librarys(PushSubscription device) {
    var keys = new com.zerodeplibs.webpush.PushSubscription.Keys();
    keys.setP256dh(device.p256dh());
    keys.setAuth(device.auth());
    var subscription = new com.zerodeplibs.webpush.PushSubscription();
    subscription.setEndpoint(device.endpoint());
    subscription.setKeys(keys);
    return subscription;
  }

  private static byte[] json(Notification what) {
    try {
      return JSON.writeValueAsBytes(what);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For a device that is off, the push service keeps the last one of a conversation. */
  private static String topic(ConversationId conversation) {
    var hash = ByteBuffer.allocate(Long.BYTES).putLong(conversation.hash()).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  /** What waits is dropped, what is on its way is cut off. */
  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}
