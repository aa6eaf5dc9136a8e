package parley.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.Parley;
import parley.Settings;
import parley.account.SigningKey;
import parley.account.Tokens;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.SessionId;
import parley.message.UserId;

/** A whole node on a free port and a folder of the test's. */
final class SocketNode implements AutoCloseable {

  private static final String KEY = "a-key-of-at-least-thirty-two-bytes";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Parley parley;
  private final InstantSource clock;

  private SocketNode(Parley parley, InstantSource clock) {
    this.parley = parley;
    this.clock = clock;
  }

  static SocketNode start(Path folder) {
    return start(folder, Map.of());
  }

  static SocketNode start(Path folder, Map<String, ?> settings) {
    var all = new HashMap<String, Object>(settings);
    all.put("parley.data", folder.toString());
    all.put("parley.http.port", 0);
    all.put("parley.account.signing-key", KEY);
    all.put("parley.account.hash-cost", "m=8,t=1,p=1");
    all.put("parley.embedded.sync", "off");
    return new SocketNode(
        Parley.start(Settings.load(Optional.empty(), all)), InstantSource.system());
  }

  InetSocketAddress address() {
    return parley.address();
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + parley.address().getPort() + "/socket");
  }

  /** Registers users. */
  void register(String... users) {
    for (var user : users) {
      var body = "{\"userId\":\"%s\",\"password\":\"secret\"}".formatted(user);
      var answer = call("", "POST", "/accounts", body);
      if (answer.statusCode() != 201) {
        throw new AssertionError(answer.body());
      }
    }
  }

  /** A token of the user's device that is good for so long. */
  String token(String user, String device, Duration lifetime) {
    var caller =
        new Caller(new UserId(user), new DeviceId(device), new SessionId("s-" + user + device));
    return new Tokens(SigningKey.of(KEY), lifetime, clock).issue(caller).text();
  }

  /** A socket of the user's device, not attached yet. */
  SocketClient open(String user, String device) {
    return SocketClient.open(uri(), token(user, device, Duration.ofMinutes(15)));
  }

  /** A socket that is attached after the device's last acknowledgement, and has caught up. */
  SocketClient attached(String user, String device) {
    var socket = open(user, device).say("{'t':'attach'}");
    socket.next("caught-up");
    return socket;
  }

  HttpResponse<String> call(String token, String method, String path, String body) {
    var uri = URI.create("http://127.0.0.1:" + parley.address().getPort() + path);
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void stop() {
    parley.stop().toCompletableFuture().join();
  }

  @Override
  public void close() {
    stop();
  }
}
