package parley;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One user of {@link Training}, with the public calls alone: a socket on which they talk. */
final class Speaker implements WebSocket.Listener {

  /** What is sent before the first of it is answered. */
  private static final int OUTSTANDING = 8;

  private static final int ACKNOWLEDGE_EVERY = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String TEXT = "Nothing in particular, said at some length. ".repeat(4);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Calls calls;
  private final String name;
  private final String token;
  private final StringBuilder partial = new StringBuilder();
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private String to = "";
  private CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private long said;
  private volatile long answered;
  private volatile boolean stopped;
  private volatile Optional<String> failure = Optional.empty();

  /** The calls of a node. */
  record Calls(HttpClient http, InetSocketAddress node) {

    private URI uri(String scheme, String path) {
      return URI.create(
          "%s://%s:%d%s".formatted(scheme, node.getHostString(), node.getPort(), path));
    }

    private String call(String method, String path, String token, Optional<Object> body) {
      var request = HttpRequest.newBuilder(uri("http", path)).timeout(PATIENCE);
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      body.ifPresent(it -> request.header("Content-Type", "application/json"));
      request.method(
          method,
          body.map(it -> HttpRequest.BodyPublishers.ofString(JSON.valueToTree(it).toString()))
              .orElseGet(HttpRequest.BodyPublishers::noBody));
      try {
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
          throw new StartFailure("%s %s: %s".formatted(method, path, answer.body()));
        }
        return answer.body();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StartFailure("Interrupted", e);
      }
    }
  }

  private Speaker(Calls calls, String name, String token) {
    this.calls = calls;
    this.name = name;
    this.token = token;
  }

  /** Registers a user and signs them in. */
  static Speaker signUp(Calls calls, String name) {
    var account = Optional.<Object>of(Map.of("userId", name, "password", "a long password"));
    calls.call("POST", "/accounts", "", account);
    var session = tree(calls.call("POST", "/sessions", "", account));
    return new Speaker(calls, name, session.path("token").asText());
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a group with the others, and says something there. */
  void createGroup(List<Speaker> others) {
    var members = others.stream().map(other -> other.name).toList();
    var group = Map.of("title", "All", "members", members);
    var made = tree(calls.call("POST", "/groups", token, Optional.of(group)));
    var message =
        Map.of(
            "to",
            made.path("conversation").asText(),
            "clientId",
            "first",
            "content",
            Map.of("type", "text", "text", TEXT));
    calls.call("POST", "/messages", token, Optional.of(message));
  }

  /** Opens a socket, and goes on sending to the other one. */
  void talkTo(Speaker other) {
    to = other.name;
    attach(Map.of("t", "attach"));
    for (int i = 0; i < OUTSTANDING; i++) {
      say();
    }
  }

  /** Comes back as a device that has nothing, and reads all that there is; done when it has. */
  CompletableFuture<Void> readAll() {
    var device = new Speaker(calls, name, token);
    device.attach(Map.of("t", "attach", "after", 0));
    return device
        .caughtUp
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .whenComplete((done, error) -> device.stop());
  }

  private void attach(Map<String, Object> frame) {
    socket =
        calls
            .http()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .connectTimeout(PATIENCE)
            .buildAsync(calls.uri("ws", "/socket"), this);
    send(frame);
  }

  private synchronized void say() {
    said++;
    send(Map.of("t", "send", "ref", Long.toString(said), "to", to, "text", TEXT));
  }

  private void send(Map<String, Object> frame) {
    var text = JSON.valueToTree(frame).toString();
    synchronized (this) {
      socket = socket.thenCompose(it -> it.sendText(text, true)).whenComplete(this::noteFailure);
    }
  }

  /** What an app asks for besides. */
  void lookAround() {
    calls.call("GET", "/conversations", token, Optional.empty());
    calls.call("GET", "/messages?limit=20", token, Optional.empty());
    calls.call("GET", "/", "", Optional.empty());
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      var text = partial.toString();
      partial.setLength(0);
      var tree = tree(text);
      if (tree instanceof ArrayNode many) {
        many.forEach(this::received);
      } else {
        received(tree);
      }
    }
    webSocket.request(1);
    return null;
  }

  private void received(JsonNode frame) {
    if (stopped) {
      return;
    }
    long position = frame.path("pos").asLong();
    if (position > 0 && position % ACKNOWLEDGE_EVERY == 0) {
      send(Map.of("t", "ack", "pos", position));
    }
    switch (frame.path("t").asText()) {
      case "sent" -> {
        answered++;
        say();
      }
      case "error" -> {
        if (frame.path("retryable").asBoolean()) {
          say();
        } else {
          fail(new StartFailure(frame.toString()));
        }
      }
      case "caught-up" -> caughtUp.complete(null);
      default -> {
        // Nothing to do.
      }
    }
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    noteFailure(webSocket, error);
  }

  private void noteFailure(WebSocket webSocket, Throwable error) {
    if (error != null && !stopped) {
      fail(error);
    }
  }

  private void fail(Throwable error) {
    failure = Optional.of(error.toString());
    caughtUp.completeExceptionally(error);
  }

  /** Says no more; how much was answered. */
  long stop() {
    stopped = true;
    synchronized (this) {
      socket.thenCompose(it -> it.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }
    return answered;
  }

  /** What went wrong. */
  Optional<String> failure() {
    return failure;
  }
}
