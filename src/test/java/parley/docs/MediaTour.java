package parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Sees everything of media that the document promises. */
record MediaTour(RunningNode node, OpenApi document, String ann, String ben) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> NO_HEADERS = Map.of();
  private static final Map<String, String> TUS = Map.of("Tus-Resumable", "1.0.0");
  private static final String BYTES = "application/offset+octet-stream";
  private static final String NOWHERE = "/media/x";
  private static final int ASKED_MOST = 1_000;

  private HttpResponse<String> call(
      int status, String token, Request request, Map<String, String> headers) {
    var answer = node.call(token, request.method(), request.path(), request.body(), headers);
    assertThat(answer.statusCode()).as(request + "\n" + answer.body()).isEqualTo(status);
    document.check(request.method(), request.path(), answer);
    return answer;
  }

  private HttpResponse<String> call(int status, String token, Request request) {
    return call(status, token, request, NO_HEADERS);
  }

  private record Request(String method, String path, String body) {

    Request(String method, String path) {
      this(method, path, "");
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** All of it. */
  void visit() {
    var path = "/media/" + posted();
    bytes(path);
    call(201, ann, new Request("POST", path + "/links"));
    call(404, ben, new Request("POST", path + "/links"));
    sent(path);
    uploads();
  }

  private String posted() {
    call(413, ann, new Request("POST", "/media", "x".repeat(1024 * 1024 + 1)));
    call(422, ann, new Request("POST", "/media"));
    var id = json(call(201, ann, new Request("POST", "/media?name=a.txt", "0123456789"))).get("id");
    var info = new Request("GET", "/media/" + id.textValue() + "/info");
    call(404, ben, info);
    int asked = 0;
    while (!json(call(200, ann, info)).get("state").textValue().equals("ready")) {
      assertThat(asked++).isLessThan(ASKED_MOST);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return id.textValue();
  }

  private void bytes(String path) {
    var get = new Request("GET", path);
    var tag = call(200, ann, get).headers().firstValue("ETag").orElseThrow();
    assertThat(call(206, ann, get, Map.of("Range", "bytes=1-2")).body()).isEqualTo("12");
    call(304, ann, get, Map.of("If-None-Match", tag));
    call(416, ann, get, Map.of("Range", "bytes=10-"));
    call(404, ben, get);
    var link = json(call(201, ann, new Request("POST", path + "/links"))).get("url").textValue();
    call(200, "", new Request("GET", link));
    call(404, "", new Request("GET", path + "/links/x"));
  }

  private void sent(String path) {
    var content =
        "{\"type\":\"media\",\"mediaId\":\"%s\",\"caption\":\"see\"}"
            .formatted(path.substring("/media/".length()));
    var send = "{\"to\":\"ben8\",\"content\":%s}".formatted(content);
    var json = Map.of("Content-Type", "application/json");
    var id = json(call(200, ann, new Request("POST", "/messages", send), json)).get("id");
    var message = json(call(200, ben, new Request("GET", "/messages/" + id.textValue())));
    assertThat(message.at("/content/size").intValue()).isEqualTo(10);
    call(403, ann, new Request("DELETE", path));
    call(404, ann, new Request("DELETE", NOWHERE));
    var other = json(call(201, ann, new Request("POST", "/media", "x"))).get("id").textValue();
    call(204, ann, new Request("DELETE", "/media/" + other));
  }

  private static Map<String, String> patch(String offset) {
    return Map.of("Tus-Resumable", "1.0.0", "Upload-Offset", offset, "Content-Type", BYTES);
  }

  private String created() {
    var ten = Map.of("Tus-Resumable", "1.0.0", "Upload-Length", "10");
    return call(201, ann, new Request("POST", "/uploads"), ten)
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  private void uploads() {
    var create = new Request("POST", "/uploads");
    call(400, ann, create, TUS);
    call(412, ann, create);
    call(413, ann, create, Map.of("Tus-Resumable", "1.0.0", "Upload-Length", "999999999"));
    var path = created();
    call(200, ann, new Request("GET", path), TUS);
    call(404, ben, new Request("GET", path), TUS);
    call(415, ann, new Request("PATCH", path, "0"), TUS);
    call(409, ann, new Request("PATCH", path, "0"), patch("5"));
    call(413, ann, new Request("PATCH", path, "01234567890"), patch("0"));
    var wrong =
        Map.of(
            "Tus-Resumable", "1.0.0",
            "Upload-Offset", "0",
            "Content-Type", BYTES,
            "Upload-Checksum", "sha1 AAAA");
    call(460, ann, new Request("PATCH", path, "0"), wrong);
    call(204, ann, new Request("PATCH", path, "01234"), patch("0"));
    call(404, ben, new Request("PATCH", path, "5"), patch("5"));
    call(405, ann, new Request("POST", path), TUS);
    call(404, ben, new Request("DELETE", path), TUS);
    var override = Map.of("Tus-Resumable", "1.0.0", "X-HTTP-Method-Override", "DELETE");
    call(204, ann, new Request("POST", path), override);
    call(204, ann, new Request("DELETE", created()), TUS);
  }
}
