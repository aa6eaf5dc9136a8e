package parley;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Somebody who uses a node over REST, and knows of it only what PROTOCOL.md says. */
final class ChatUser {

  private static final String PASSWORD = "secret";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int REPEATS_MAX = 9;
  private static final Duration ARRIVAL_WITHIN = Duration.ofMinutes(2);
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private final String id;
  private final String deviceId;
  private final String token;
  private final String refreshToken;
  private volatile URI node;

  private ChatUser(URI node, String id, JsonNode session) {
    this.node = node;
    this.id = id;
    this.deviceId = session.get("deviceId").textValue();
    this.token = session.get("token").textValue();
    this.refreshToken = session.get("refreshToken").textValue();
  }

  /** Registers and signs in. */
  static ChatUser register(URI node, String id) {
    var credentials = credentials(id, PASSWORD);
    assertThat(call(node, "POST", "/accounts", credentials).statusCode()).isEqualTo(201);
    return signIn(node, id);
  }

  /** Signs in who has registered, on a new device. */
  static ChatUser signIn(URI node, String id) {
    return signIn(node, id, PASSWORD);
  }

  /** Signs in with a password of their own. */
  static ChatUser signIn(URI node, String id, String password) {
    var session = call(node, "POST", "/sessions", credentials(id, password));
    assertThat(session.statusCode()).as(session.body()).isEqualTo(201);
    return new ChatUser(node, id, json(session));
  }

  private static String credentials(String id, String password) {
    return "{\"userId\":\"%s\",\"password\":\"%s\"}".formatted(id, password);
  }

  String id() {
    return id;
  }

  String deviceId() {
    return deviceId;
  }

  String token() {
    return token;
  }

  /** The node that this user goes to now. */
  URI node() {
    return node;
  }

  String refreshToken() {
    return refreshToken;
  }

  /** Goes on with another node, or the same one after a restart. */
  void moveTo(URI other) {
    node = other;
  }

  /** A call without a token. */
  static HttpResponse<String> call(URI node, String method, String path, String body) {
    return exchange(request(node, method, path, body));
  }

  /** A call with this user's token. */
  HttpResponse<String> call(String method, String path, String body) {
    return exchange(request(node, method, path, body).header("Authorization", "Bearer " + token));
  }

  /** Sends; the answer may be a refusal. Throws {@link UncheckedIOException} without one. */
  HttpResponse<String> send(String to, String text, String clientId) {
    return call(
        "POST",
        "/messages",
        "{\"to\":\"%s\",\"text\":\"%s\",\"clientId\":\"%s\"}".formatted(to, text, clientId));
  }

  /** Sends what must succeed; the id of the message. */
  String sent(String to, String text, String clientId) {
    return acceptedId(send(to, text, clientId));
  }

  /** Sends as a client does: what is refused as busy is repeated, under the same client id. */
  String sentInTheEnd(String to, String text, String clientId) {
    var answer = send(to, text, clientId);
    for (int repeats = 0; answer.statusCode() == 503 && repeats < REPEATS_MAX; repeats++) {
      answer = send(to, text, clientId);
    }
    return acceptedId(answer);
  }

  private static String acceptedId(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).get("id").textValue();
  }

  /**
   * Waits until the message is in this user's mailbox: acknowledged is that it gets there, and
   * through a queue it takes a moment; after the death of a node until its part of the queue is
   * another's.
   */
  void awaitArrival(String messageId) {
    var deadline = Instant.now().plus(ARRIVAL_WITHIN);
    while (call("GET", "/messages/" + messageId, "").statusCode() == 404) {
      assertThat(Instant.now()).as(messageId + " has not arrived").isBefore(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  /** All unread messages, page by page as the links say. */
  List<JsonNode> unread(int pageSize) {
    var messages = new ArrayList<JsonNode>();
    var path = "/messages?limit=" + pageSize;
    while (path != null) {
      var page = call("GET", path, "");
      if (page.statusCode() == 204) {
        return messages;
      }
      assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
      json(page).forEach(messages::add);
      path = next(page);
    }
    return messages;
  }

  /** Where the page after this one is; null: there is none. */
  static String next(HttpResponse<String> page) {
    var link = NEXT.matcher(page.headers().firstValue("Link").orElse(""));
    return link.matches() ? link.group(1) : null;
  }

  private static HttpRequest.Builder request(URI node, String method, String path, String body) {
    var request = HttpRequest.newBuilder(node.resolve(path)).timeout(TIMEOUT);
    return body.isEmpty()
        ? request.method(method, BodyPublishers.noBody())
        : request
            .method(method, BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
  }

  private static HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
