package parley.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** One device of a user, signed in, over REST. */
final class RestUser {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private final URI node;
  private final String user;
  private final String device;
  private final String token;

  private RestUser(URI node, String user, String device, String token) {
    this.node = node;
    this.user = user;
    this.device = device;
    this.token = token;
  }

  /** What came back. */
  record Answer(int status, JsonNode body, Optional<String> next) {

    /** The body of an answer that must be good. */
    JsonNode good() {
      if (status / 100 != 2) {
        throw new AssertionError(status + " " + body);
      }
      return body;
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Registers. */
  static void register(URI node, String user) {
    call(node, "", "POST", "/accounts", credentials(user)).good();
  }

  private static ObjectNode credentials(String user) {
    return object().put("userId", user).put("password", "secret");
  }

  /** Signs in on a device. */
  static RestUser signIn(URI node, String user, String device) {
    var body = credentials(user);
    body.putObject("device").put("id", device);
    var session = call(node, "", "POST", "/sessions", body).good();
    return new RestUser(node, user, device, session.get("token").textValue());
  }

  String user() {
    return user;
  }

  String device() {
    return device;
  }

  Answer get(String path) {
    return call(node, token, "GET", path, object());
  }

  Answer call(String method, String path, ObjectNode body) {
    return call(node, token, method, path, body);
  }

  /** Uploads a small file, {@code sealed=true} for one that is encrypted; its id. */
  String upload(String query, byte[] file) {
    var request = request("/media?" + query).POST(BodyPublishers.ofByteArray(file));
    try {
      return JSON.readTree(good(request)).get("id").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file as the server has it. */
  byte[] download(String id) {
    return good(request("/media/" + id));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(node.resolve(path))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + token);
  }

  private static byte[] good(HttpRequest.Builder request) {
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new AssertionError(answer.statusCode() + " " + new String(answer.body(), UTF_8));
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Answer call(URI node, String token, String method, String path, ObjectNode body) {
    var request = HttpRequest.newBuilder(node.resolve(path)).timeout(TIMEOUT);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.header("Content-Type", "application/json");
    request.method(
        method,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    try {
      var answer = HTTP.send(request.build(), BodyHandlers.ofString());
      var link = answer.headers().firstValue("Link").map(NEXT::matcher);
      return new Answer(
          answer.statusCode(),
          answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body()),
          link.filter(it -> it.find()).map(it -> it.group(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
