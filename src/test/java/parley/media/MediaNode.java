package parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import parley.Parley;
import parley.Settings;
import parley.account.SigningKey;
import parley.account.Tokens;
import parley.message.Caller;
import parley.message.DeviceId;
import parley.message.SessionId;
import parley.message.UserId;

/** A whole node on a free port and a folder of the test's, and those who bring media to it. */
final class MediaNode implements AutoCloseable {

  private static final String KEY = "a-key-of-at-least-thirty-two-bytes";
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Parley parley;

  private MediaNode(Parley parley) {
    this.parley = parley;
  }

  static MediaNode start(Path folder, Map<String, ?> settings) {
    var all = new HashMap<String, Object>(settings);
    all.put("parley.data", folder.toString());
    all.put("parley.http.port", 0);
    all.put("parley.account.signing-key", KEY);
    all.put("parley.account.hash-cost", "m=8,t=1,p=1");
    all.put("parley.embedded.sync", "off");
    return new MediaNode(Parley.start(Settings.load(Optional.empty(), all)));
  }

  /** Registers users. */
  void register(String... users) {
    for (var user : users) {
      var body = "{\"userId\":\"%s\",\"password\":\"secret\"}".formatted(user);
      assertThat(call("", "POST", "/accounts", body).statusCode()).isEqualTo(201);
    }
  }

  private static String token(String user) {
    var caller = new Caller(new UserId(user), new DeviceId("d"), new SessionId("s-" + user));
    var tokens = new Tokens(SigningKey.of(KEY), Duration.ofMinutes(15), InstantSource.system());
    return tokens.issue(caller).text();
  }

  /** A request in the user's name; of nobody when it is empty. */
  HttpRequest.Builder request(String user, String path) {
    var uri = URI.create("http://127.0.0.1:" + parley.address().getPort() + path);
    var request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    return user.isEmpty() ? request : request.header("Authorization", "Bearer " + token(user));
  }

  /** One of tus. */
  HttpRequest.Builder tus(String user, String path) {
    return request(user, path).header("Tus-Resumable", "1.0.0");
  }

  /** A connection that has announced all bytes of an upload, and sent none yet. */
  Socket beginPatch(String user, String path, int length) throws IOException {
    var head =
        """
        PATCH %s HTTP/1.1\r
        Host: parley\r
        Connection: close\r
        Authorization: Bearer %s\r
        Tus-Resumable: 1.0.0\r
        Content-Type: application/offset+octet-stream\r
        Upload-Offset: 0\r
        Content-Length: %d\r
        \r
        """
            .formatted(path, token(user), length);
    var socket = new Socket(InetAddress.getLoopbackAddress(), parley.address().getPort());
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpResponse<byte[]> call(String user, String method, String path, String json) {
    return send(
        request(user, path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> get(String user, String path) {
    return send(request(user, path));
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String code(HttpResponse<byte[]> response) {
    return json(response).path("code").asText();
  }

  /** Uploads the bytes at once, and waits for them to be ready; the medium's id. */
  String upload(String user, byte[] bytes) {
    var posted =
        send(request(user, "/media?name=notes.bin").POST(BodyPublishers.ofByteArray(bytes)));
    assertThat(posted.statusCode()).as(new String(posted.body())).isEqualTo(201);
    var id = json(posted).get("id").asText();
    await(() -> json(get(user, "/media/" + id + "/info")).path("state").asText().equals("ready"));
    return id;
  }

  /** Sends the medium; the message's id. */
  String sendMedium(String from, String to, String medium) {
    var content = "{\"type\":\"media\",\"mediaId\":\"%s\",\"caption\":\"look\"}".formatted(medium);
    var sent =
        call(from, "POST", "/messages", "{\"to\":\"%s\",\"content\":%s}".formatted(to, content));
    assertThat(sent.statusCode()).as(new String(sent.body())).isEqualTo(200);
    return json(sent).get("id").asText();
  }

  static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  @Override
  public void close() {
    parley.stop().toCompletableFuture().join();
  }
}
