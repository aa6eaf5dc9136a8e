package parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running server and its OpenAPI document say the same. */
class OpenApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** It has a document of its own. */
  private static final String SOCKET = "/socket";

  @TempDir static Path data;

  private static RunningNode node;

  private final OpenApi document = new OpenApi();

  @BeforeAll
  static void start() {
    node = new RunningNode(data);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private JsonNode call(int status, String token, String method, String path, String body) {
    var answer = node.call(token, method, path, body);
    assertThat(answer.statusCode())
        .as(method + " " + path + "\n" + answer.body())
        .isEqualTo(status);
    document.check(method, path, answer);
    try {
      return answer.body().startsWith("{") || answer.body().startsWith("[")
          ? JSON.readTree(answer.body())
          : JSON.nullNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String register(String user) {
    var account = "{\"userId\":\"%s\",\"password\":\"s\"}".formatted(user);
    call(201, "", "POST", "/accounts", account);
    return call(201, "", "POST", "/sessions", account).get("token").textValue();
  }

  private String send(String token, String to) {
    return call(200, token, "POST", "/messages", "{\"to\":\"" + to + "\",\"text\":\"hi\"}")
        .get("id")
        .textValue();
  }

  @Test
  void everything_that_the_document_promises_happens() {
    accounts();
    messages();
    changes();
    conversations();
    people();
    new GroupTour(this::call, register("ann6"), register("ben6"), register("cid6")).visit();
    new EncryptionTour(this::call, register("ann7"), register("ben7")).visit();
    new MediaTour(node, document, register("ann8"), register("ben8")).visit();
    devices();
    operation();
    unauthenticated();

    assertThat(document.exercised()).containsAll(document.promised());
  }

  private void accounts() {
    register("ada");
    var account = "{\"userId\":\"ada\",\"password\":\"s\"}";
    call(409, "", "POST", "/accounts", account);
    call(400, "", "POST", "/accounts", "{}");
    call(400, "", "POST", "/sessions", "{}");
    call(401, "", "POST", "/sessions", account.replace("\"s\"", "\"wrong\""));
    call(400, "", "POST", "/sessions/refresh", "{}");
    call(401, "", "POST", "/sessions/refresh", "{\"refreshToken\":\"x\"}");
    var session = call(201, "", "POST", "/sessions", account);
    var refresh = "{\"refreshToken\":\"" + session.get("refreshToken").textValue() + "\"}";
    var renewed = call(201, "", "POST", "/sessions/refresh", refresh);
    call(204, renewed.get("token").textValue(), "DELETE", "/sessions/current", "");
  }

  private void messages() {
    var ann = register("ann");
    var ben = register("ben");
    var named = "{\"to\":\"ben\",\"text\":\"%s\",\"clientId\":\"c-1\"}";
    var id = call(200, ann, "POST", "/messages", named.formatted("one")).get("id").textValue();
    call(409, ann, "POST", "/messages", named.formatted("other"));
    call(400, ann, "POST", "/messages", "{\"to\":\"nobody\",\"text\":\"hi\"}");
    call(413, ann, "POST", "/messages", named.formatted("x".repeat(65 * 1024)));
    var answer = "{\"to\":\"ben\",\"text\":\"two\",\"replyTo\":\"%s\"}".formatted(id);
    call(200, ann, "POST", "/messages", answer);

    assertThat(call(200, ben, "GET", "/messages", "").get(1).get("replyTo").textValue())
        .isEqualTo(id);
    call(400, ben, "GET", "/messages?limit=x", "");
    call(204, ann, "GET", "/messages", "");
    call(200, ann, "GET", "/messages/" + id, "");
    call(200, ben, "GET", "/messages/" + id, "");
    call(404, ben, "GET", "/messages/x", "");
    call(200, ben, "PUT", "/messages/" + id, "");
    call(400, ben, "PUT", "/messages/" + id, "{\"read\":false}");
    call(404, ben, "PUT", "/messages/x", "");
    call(200, ben, "PATCH", "/messages/" + id, "{\"read\":true}");
  }

  private void changes() {
    var ann = register("ann2");
    var ben = register("ben2");
    var path = "/messages/" + send(ann, "ben2");
    var edited = call(200, ann, "PATCH", path, "{\"text\":\"better\"}");
    assertThat(edited.at("/content/text").textValue()).isEqualTo("better");
    call(400, ann, "PATCH", path, "{\"text\":7}");
    call(403, ben, "PATCH", path, "{\"text\":\"mine\"}");
    call(404, ben, "PATCH", "/messages/x", "{\"text\":\"mine\"}");
    var heart = path + "/reactions/%E2%9D%A4";
    call(204, ben, "PUT", heart, "");
    assertThat(call(200, ann, "GET", path, "").at("/reactions/❤/0").textValue()).isEqualTo("ben2");
    call(204, ben, "DELETE", heart, "");
    for (var method : List.of("PUT", "DELETE")) {
      call(400, ben, method, path + "/reactions/%20", "");
      call(404, ben, method, "/messages/x/reactions/y", "");
    }
    call(403, ben, "DELETE", path, "");
    call(404, ann, "DELETE", "/messages/x", "");
    call(204, ann, "DELETE", path, "");
    call(409, ann, "PATCH", path, "{\"text\":\"again\"}");
    call(409, ben, "PUT", heart, "");
    call(409, ben, "DELETE", heart, "");
    var deleted = call(200, ben, "GET", path, "");
    assertThat(deleted.get("content")).hasToString("{\"type\":\"deleted\"}");
    assertThat(call(200, ben, "GET", "/messages", "").get(0).get("deleted").asBoolean()).isTrue();
  }

  private void conversations() {
    var ann = register("ann3");
    var ben = register("ben3");
    var first = send(ann, "ben3");
    var last = send(ann, "ben3");
    var path = "/conversations/direct:ann3:ben3";

    var conversation = call(200, ben, "GET", "/conversations", "").get(0);
    assertThat(conversation.get("unread").longValue()).isEqualTo(2);
    assertThat(conversation.at("/lastMessage/id").textValue()).isEqualTo(last);
    call(400, ben, "GET", "/conversations?limit=0", "");

    assertThat(call(200, ben, "GET", path + "/messages", "").findValuesAsText("id"))
        .containsExactly(last, first);
    assertThat(call(200, ann, "GET", path + "/messages?before=" + last, "").findValuesAsText("id"))
        .containsExactly(first);
    call(400, ben, "GET", path + "/messages?before=x", "");
    call(404, ben, "GET", "/conversations/direct:a:b/messages", "");

    var upTo = "{\"upTo\":\"%s\"}";
    assertThat(call(200, ben, "PUT", path + "/read", upTo.formatted(first)).get("unread").asLong())
        .isEqualTo(1);
    call(400, ben, "PUT", path + "/read", "{}");
    call(404, ben, "PUT", "/conversations/direct:a:b/read", upTo.formatted(first));
  }

  private void people() {
    var ann = register("ann4");
    register("ben4");
    call(200, ann, "PUT", "/contacts/ben4", "{\"name\":\"Benny\"}");
    call(400, ann, "PUT", "/contacts/ben4", "{}");
    call(404, ann, "PUT", "/contacts/nobody", "{\"name\":\"Who\"}");
    assertThat(call(200, ann, "GET", "/contacts", "").findValuesAsText("name"))
        .containsExactly("Benny");
    call(200, ann, "GET", "/contacts/ben4", "");
    call(204, ann, "DELETE", "/contacts/ben4", "");
    call(404, ann, "DELETE", "/contacts/NOBODY", "");
    call(404, ann, "GET", "/contacts/ben4", "");

    call(204, ann, "PUT", "/blocks/ben4", "");
    call(400, ann, "PUT", "/blocks/ann4", "");
    call(404, ann, "PUT", "/blocks/nobody", "");
    assertThat(call(200, ann, "GET", "/blocks", "").findValuesAsText("userId"))
        .containsExactly("ben4");
    call(204, ann, "DELETE", "/blocks/ben4", "");
    call(404, ann, "DELETE", "/blocks/NOBODY", "");

    call(200, ann, "PATCH", "/users/me", "{\"about\":\"Busy\",\"showsPresence\":false}");
    call(400, ann, "PATCH", "/users/me", "{}");
    call(200, ann, "GET", "/users/me", "");
    assertThat(call(200, ann, "GET", "/users/ann4", "").get("about").textValue()).isEqualTo("Busy");
    call(404, ann, "GET", "/users/nobody", "");
  }

  private void devices() {
    var ann = register("ann5");
    var phone =
        "{\"userId\":\"ann5\",\"password\":\"s\",\"device\":{\"id\":\"phone\",\"name\":\"P\"}}";
    var onPhone = call(201, "", "POST", "/sessions", phone).get("token").textValue();
    assertThat(call(200, onPhone, "GET", "/devices", "").findValuesAsText("current"))
        .containsExactlyInAnyOrder("true", "false");
    call(201, onPhone, "POST", "/socket-tickets", "");
    pushes(onPhone);
    call(204, ann, "DELETE", "/devices/phone", "");
    call(404, ann, "DELETE", "/devices/phone", "");
    call(401, onPhone, "GET", "/users/ann5", "");
  }

  private void pushes(String token) {
    var point =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    var subscription =
        "{\"endpoint\":\"https://%s/1\",\"keys\":{\"p256dh\":\"%s\",\"auth\":\"%s\"}}";
    var auth = "BTBZMqHH6r4Tts7J_aSIgg";
    assertThat(call(200, "", "GET", "/push/key", "").get("key").textValue()).hasSize(87);
    var path = "/devices/me/push";
    call(204, token, "PUT", path, subscription.formatted("push.example.com", point, auth));
    call(400, token, "PUT", path, subscription.formatted("localhost", point, auth));
    call(204, token, "DELETE", path, "");
  }

  private void operation() {
    call(200, "", "GET", "/", "");
    call(200, "", "GET", "/health/live", "");
    call(200, "", "GET", "/health/ready", "");
    call(200, "", "GET", "/metrics", "");
    call(200, "", "GET", "/problems/busy", "");
    call(404, "", "GET", "/problems/none", "");
    call(200, "", "GET", "/docs", "");
    call(200, "", "GET", "/docs/openapi.json", "");
    call(404, "", "GET", "/docs/none", "");
  }

  private void unauthenticated() {
    for (var template : document.paths()) {
      for (var method : document.methods(template)) {
        if (document.needsToken(template, method)) {
          call(401, "", method, filledIn(template), "");
        }
      }
    }
  }

  private static String filledIn(String template) {
    return template.replaceAll("\\{[^}]+}", "x");
  }

  @Test
  void every_path_of_the_document_has_these_methods_and_no_others() {
    for (var template : document.paths()) {
      assertThat(allowed(filledIn(template)))
          .as(template)
          .containsExactlyInAnyOrderElementsOf(document.methods(template));
    }
  }

  /** Words that stand in the URL map, put together in every way: what answers is documented. */
  @Test
  void the_server_has_no_path_that_the_document_does_not_have() throws IOException {
    var words = new TreeSet<>(List.of("x"));
    for (var map : List.of("Api.java", "MediaPaths.java")) {
      var text = Files.readString(Path.of("src/main/java/parley/http").resolve(map));
      Pattern.compile("\"([a-z-]+)\"")
          .matcher(text)
          .results()
          .forEach(it -> words.add(it.group(1)));
    }
    var answering = new ArrayList<String>();
    paths(words)
        .filter(path -> !path.equals(SOCKET))
        .filter(path -> !allowed(path).isEmpty())
        .forEach(answering::add);

    assertThat(answering).hasSizeGreaterThanOrEqualTo(document.paths().size());
    assertThat(answering)
        .allSatisfy(path ->
            assertThat(document.methods(document.template(path)))
                .as(path)
                .containsAll(allowed(path)));
  }

  /** All of one or two words, and those of three and four with parameters between them. */
  private static Stream<String> paths(Set<String> words) {
    var one = words.stream().map(word -> "/" + word).toList();
    var paths = Stream.<String>builder();
    for (var first : one) {
      paths.add(first);
      for (var second : one) {
        paths.add(first + second);
        paths.add(first + "/x" + second);
        paths.add(first + "/x" + second + "/x");
      }
    }
    return paths.build().distinct();
  }

  private static Set<String> allowed(String path) {
    var answer = node.call("", "OPTIONS", path, "");
    var methods =
        new TreeSet<>(List.of(answer.headers().firstValue("Allow").orElse("").split(", ")));
    methods.removeAll(List.of("", "OPTIONS", "HEAD"));
    return methods;
  }
}
