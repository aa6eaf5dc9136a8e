package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media over sockets: the server adds what it knows, and order holds. */
class MediaSocketTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ASKED_MOST = 1_000;
  private static final String SEND =
      "{'t':'send','ref':'%s','to':'ben','content':{'type':'media','mediaId':'%s'}}";

  @TempDir private static Path folder;

  private static SocketNode node;
  private static String token;

  @BeforeAll
  static void start() {
    node = SocketNode.start(folder);
    node.register("ann", "ben");
    token = node.token("ann", "phone", Duration.ofMinutes(15));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static JsonNode call(String method, String path, String body) {
    try {
      return JSON.readTree(node.call(token, method, path, body).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String upload() {
    var id = call("POST", "/media?name=a.txt", "0123456789").get("id").asText();
    int asked = 0;
    while (!call("GET", "/media/" + id + "/info", "").path("state").asText().equals("ready")) {
      assertThat(asked++).isLessThan(ASKED_MOST);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return id;
  }

  @Test
  void what_is_sent_behind_a_medium_arrives_behind_it() {
    var id = upload();
    try (var ann = node.attached("ann", "phone");
        var ben = node.attached("ben", "phone")) {
      ann.say(SEND.formatted("m-1", id)).sendTo("ben", "t-1", "behind");

      assertThat(ann.next("sent").get("ref").asText()).isEqualTo("m-1");
      assertThat(ann.next("sent").get("ref").asText()).isEqualTo("t-1");
      var first = ben.next("message").at("/message/content");
      assertThat(first.path("mediaId").asText()).isEqualTo(id);
      assertThat(first.path("size").asInt()).isEqualTo(10);
      assertThat(first.path("name").asText()).isEqualTo("a.txt");
      assertThat(ben.next("message").at("/message/content/text").asText()).isEqualTo("behind");
    }
  }

  @Test
  void a_medium_that_is_not_there_is_refused_and_what_is_behind_it_goes_on() {
    try (var ann = node.attached("ann", "tablet")) {
      ann.say(SEND.formatted("m-2", "01M83XJ8BV000YS02XEYJJR9QT")).sendTo("ben", "t-2", "on");

      var error = ann.next("error");
      assertThat(error.get("ref").asText()).isEqualTo("m-2");
      assertThat(error.at("/problem/code").asText()).isEqualTo("unknown-media");
      assertThat(ann.next("sent").get("ref").asText()).isEqualTo("t-2");
    }
  }
}
