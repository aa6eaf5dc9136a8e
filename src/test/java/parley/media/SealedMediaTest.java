package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediaNode.code;
import static parley.media.MediaNode.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of encrypted messages: the server knows whose they are, and not what they are. */
class SealedMediaTest {

  /** It would be a picture, if anybody looked. */
  private static final byte[] BYTES = Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8}, 70_000);

  @TempDir private Path folder;

  private MediaNode node;

  @BeforeEach
  void start() {
    node =
        MediaNode.start(
            folder,
            Map.of(
                "parley.media.grace", "1500ms",
                "parley.media.settle-time", "3s",
                "parley.media.sweep-interval", "50ms"));
    node.register("ann", "ben", "eve");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String upload() {
    var posted =
        node.send(
            node.request("ann", "/media?sealed=true").POST(BodyPublishers.ofByteArray(BYTES)));
    assertThat(json(posted).path("state").asText()).isEqualTo("ready");
    assertThat(json(posted).path("kind").asText()).isEqualTo("file");
    return json(posted).get("id").asText();
  }

  private HttpResponse<byte[]> send(String from, String to, String... media) {
    var ids = Arrays.stream(media).map(id -> '"' + id + '"').toList();
    var content =
        "{\"type\":\"sealed\",\"protocol\":\"mls\",\"epoch\":1,\"data\":\"AQID\",\"media\":%s}";
    return node.call(
        from,
        "POST",
        "/messages",
        "{\"to\":\"%s\",\"content\":%s}".formatted(to, content.formatted(ids)));
  }

  private int seen(String user, String medium) {
    return node.get(user, "/media/" + medium).statusCode();
  }

  private boolean isKept(String medium) {
    var root = folder.resolve("media/objects/media/" + medium);
    if (!Files.exists(root)) {
      return false;
    }
    try (var files = Files.walk(root)) {
      return files.anyMatch(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void all_files_of_a_message_are_for_those_who_read_it_and_come_back_as_they_were() {
    var whole = upload();
    var small = upload();
    assertThat(seen("ben", whole)).isEqualTo(404);

    assertThat(send("ann", "ben", whole, small).statusCode()).isEqualTo(200);

    assertThat(node.get("ben", "/media/" + whole).body()).isEqualTo(BYTES);
    assertThat(seen("ben", small)).isEqualTo(200);
    assertThat(seen("eve", whole)).isEqualTo(404);
    assertThat(seen("eve", small)).isEqualTo(404);
  }

  @Test
  void who_was_sent_one_can_send_it_on_and_nobody_else_can() {
    var medium = upload();
    send("ann", "ben", medium);

    assertThat(code(send("eve", "ben", medium))).isEqualTo("unknown-media");
    assertThat(send("ben", "eve", medium).statusCode()).isEqualTo(200);

    assertThat(seen("eve", medium)).isEqualTo(200);
  }

  @Test
  void they_stay_until_the_message_is_deleted() {
    var sent = new String[] {upload(), upload()};
    var message = json(send("ann", "ben", sent)).get("id").asText();
    var unsent = upload();
    MediaNode.await(() -> !isKept(unsent));
    assertThat(sent).allSatisfy(medium -> assertThat(seen("ben", medium)).isEqualTo(200));

    node.call("ann", "DELETE", "/messages/" + message, "");

    MediaNode.await(() -> !isKept(sent[0]) && !isKept(sent[1]));
    assertThat(sent).allSatisfy(medium -> assertThat(seen("ben", medium)).isEqualTo(404));
  }
}
