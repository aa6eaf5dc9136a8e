package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediaNode.code;
import static parley.media.MediaNode.json;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Media as clients meet them, on a whole node. */
class MediaRoutesTest {

  private static final int SIZE = 200_000;

  @TempDir private static Path folder;

  private static MediaNode node;
  private static byte[] bytes;

  @BeforeAll
  static void start() {
    node =
        MediaNode.start(
            folder,
            Map.of(
                "parley.media.part-bytes-max", 65_536,
                "parley.media.simple-bytes-max", 300_000,
                "parley.media.sweep-interval", "200ms"));
    node.register("ann", "ben", "eve");
    bytes = new byte[SIZE];
    new Random(3).nextBytes(bytes);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void what_was_uploaded_comes_back_with_headers_that_let_nothing_run() {
    var id = node.upload("ann", bytes);

    var response = node.get("ann", "/media/" + id);

    assertThat(response.body()).isEqualTo(bytes);
    var headers = response.headers();
    assertThat(headers.firstValue("Content-Security-Policy"))
        .contains("default-src 'none'; sandbox");
    assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(headers.firstValue("Cache-Control"))
        .contains("private, max-age=31536000, immutable");
    assertThat(headers.firstValue("Content-Disposition"))
        .contains("attachment; filename*=UTF-8''notes.bin");
    assertThat(headers.firstValue("Accept-Ranges")).contains("bytes");
  }

  @Test
  void any_part_can_be_asked_for() {
    var id = node.upload("ann", bytes);

    assertPart(id, "bytes=0-9", 0, 10);
    assertPart(id, "bytes=65530-65541", 65_530, 65_542);
    assertPart(id, "bytes=199990-", 199_990, SIZE);
    assertPart(id, "bytes=-5", SIZE - 5, SIZE);
    assertPart(id, "bytes=10-999999999", 10, SIZE);

    var beyond = node.send(node.request("ann", "/media/" + id).header("Range", "bytes=200000-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */200000");
    assertThat(beyond.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  private static void assertPart(String id, String range, int from, int to) {
    var part = node.send(node.request("ann", "/media/" + id).header("Range", range));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range"))
        .contains("bytes %d-%d/%d".formatted(from, to - 1, SIZE));
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
  }

  @Test
  void who_has_it_already_is_not_sent_it_again() {
    var path = "/media/" + node.upload("ann", bytes);
    var tag = node.get("ann", path).headers().firstValue("ETag").orElseThrow();

    assertThat(node.send(node.request("ann", path).header("If-None-Match", tag)).statusCode())
        .isEqualTo(304);
    var changed =
        node.send(
            node.request("ann", path).header("Range", "bytes=0-1").header("If-Range", "\"x\""));
    assertThat(changed.statusCode()).isEqualTo(200);
  }

  @Test
  void only_its_owner_sees_what_was_not_sent() {
    var path = "/media/" + node.upload("ann", bytes);

    assertThat(node.get("ben", path).statusCode()).isEqualTo(404);
    assertThat(node.get("ben", path + "/info").statusCode()).isEqualTo(404);
    assertThat(node.call("ben", "POST", path + "/links", "").statusCode()).isEqualTo(404);
    assertThat(node.call("ben", "DELETE", path, "").statusCode()).isEqualTo(404);
    assertThat(node.get("", path).statusCode()).isEqualTo(401);
    assertThat(node.get("ann", path + "?size=320").statusCode()).isEqualTo(404);
  }

  @Test
  void who_may_read_a_message_that_carries_it_sees_it() {
    var id = node.upload("ann", bytes);
    node.sendMedium("ann", "ben", id);

    assertThat(node.get("ben", "/media/" + id).body()).isEqualTo(bytes);
    assertThat(node.get("eve", "/media/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void who_is_signed_out_uploads_and_removes_no_more() {
    node.register("out");
    var id = node.upload("out", bytes);

    assertThat(node.call("out", "DELETE", "/sessions/current", "").statusCode()).isEqualTo(204);

    assertThat(node.call("out", "POST", "/media", "bytes").statusCode()).isEqualTo(401);
    assertThat(node.call("out", "DELETE", "/media/" + id, "").statusCode()).isEqualTo(401);
    var upload = node.tus("out", "/uploads").header("Upload-Length", "10");
    assertThat(node.send(upload.POST(BodyPublishers.noBody())).statusCode()).isEqualTo(401);
  }

  @Test
  void what_a_refused_edit_was_to_carry_is_its_owners_to_remove() {
    var said = node.call("ben", "POST", "/messages", "{\"to\":\"ann\",\"text\":\"hi\"}");
    var id = node.upload("ann", bytes);
    var edit = "{\"content\":{\"type\":\"media\",\"mediaId\":\"%s\"}}".formatted(id);

    var refused = node.call("ann", "PATCH", "/messages/" + json(said).get("id").asText(), edit);

    assertThat(refused.statusCode()).isEqualTo(403);
    MediaNode.await(() -> node.call("ann", "DELETE", "/media/" + id, "").statusCode() == 204);
  }

  @Test
  void the_message_tells_what_it_carries() {
    var id = node.upload("ann", bytes);
    var message = node.sendMedium("ann", "ben", id);

    var content = json(node.get("ben", "/messages/" + message)).get("content");

    assertThat(content.toString())
        .isEqualTo(
            "{\"type\":\"media\",\"mediaId\":\"%s\",\"kind\":\"file\",".formatted(id)
                + "\"mime\":\"application/octet-stream\",\"size\":200000,\"name\":\"notes.bin\","
                + "\"caption\":\"look\"}");
  }

  @Test
  void what_one_can_see_one_can_send_on() {
    var id = node.upload("ann", bytes);
    node.sendMedium("ann", "ben", id);

    node.sendMedium("ben", "eve", id);

    assertThat(node.get("eve", "/media/" + id).statusCode()).isEqualTo(200);
  }

  @Test
  void what_one_cannot_see_one_cannot_send() {
    var id = node.upload("ann", bytes);
    var send = "{\"to\":\"ann\",\"content\":{\"type\":\"media\",\"mediaId\":\"%s\"}}".formatted(id);

    var refused = node.call("eve", "POST", "/messages", send);

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(code(refused)).isEqualTo("unknown-media");
  }

  @Test
  void a_repeated_send_gets_the_first_answer() {
    var id = node.upload("ann", bytes);
    var send =
        "{\"to\":\"ben\",\"clientId\":\"again\",\"content\":{\"type\":\"media\",\"mediaId\":\"%s\"}}"
            .formatted(id);

    var first = json(node.call("ann", "POST", "/messages", send));

    assertThat(json(node.call("ann", "POST", "/messages", send))).isEqualTo(first);
  }

  @Test
  void a_group_sees_what_is_posted_to_it() {
    var id = node.upload("ann", bytes);
    var made =
        json(node.call("ann", "POST", "/groups", "{\"title\":\"Us\",\"members\":[\"ben\"]}"));
    node.sendMedium("ann", made.get("conversation").asText(), id);

    assertThat(node.get("ben", "/media/" + id).statusCode()).isEqualTo(200);
    assertThat(node.get("eve", "/media/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void nobody_sees_it_any_more_once_its_message_was_deleted() {
    var id = node.upload("ann", bytes);
    var message = node.sendMedium("ann", "ben", id);
    assertThat(node.get("ben", "/media/" + id).statusCode()).isEqualTo(200);

    assertThat(node.call("ann", "DELETE", "/messages/" + message, "").statusCode()).isEqualTo(204);

    MediaNode.await(() -> node.get("ben", "/media/" + id).statusCode() == 404);
  }

  @Test
  void a_link_shows_it_to_who_has_the_link() {
    var id = node.upload("ann", bytes);

    var link = json(node.call("ann", "POST", "/media/" + id + "/links", ""));

    var url = link.get("url").asText();
    assertThat(node.get("", url + "?size=original").body()).isEqualTo(bytes);
    assertThat(node.get("", url.replaceFirst(".$", "")).statusCode()).isEqualTo(404);
    assertThat(link.get("expiresAt").asText()).isNotEmpty();
  }

  @Test
  void its_owner_removes_it_while_it_was_never_sent() {
    var id = node.upload("ann", bytes);
    var sent = node.upload("ann", bytes);
    node.sendMedium("ann", "ben", sent);

    assertThat(node.call("ann", "DELETE", "/media/" + id, "").statusCode()).isEqualTo(204);
    assertThat(node.get("ann", "/media/" + id).statusCode()).isEqualTo(404);
    var refused = node.call("ann", "DELETE", "/media/" + sent, "");
    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void too_much_or_nothing_is_refused() {
    var much = node.request("ann", "/media").POST(BodyPublishers.ofByteArray(new byte[300_001]));
    assertThat(code(node.send(much))).isEqualTo("too-large");
    var nothing = node.request("ann", "/media").POST(BodyPublishers.noBody());
    assertThat(code(node.send(nothing))).isEqualTo("media-refused");
  }

  /** Who is still writing when the answer comes would otherwise see a broken connection alone. */
  @Test
  void who_sends_very_much_too_much_is_told() {
    var much = new byte[30 << 20];

    var posted = node.send(node.request("ann", "/media").POST(BodyPublishers.ofByteArray(much)));

    assertThat(posted.statusCode()).isEqualTo(413);
    assertThat(code(posted)).isEqualTo("too-large");
  }

  @Test
  void something_sealed_is_not_looked_into() {
    var posted =
        node.send(
            node.request("ann", "/media?sealed=true").POST(BodyPublishers.ofByteArray(bytes)));

    assertThat(json(posted).get("state").asText()).isEqualTo("ready");
    assertThat(json(posted).get("kind").asText()).isEqualTo("file");
    assertThat(node.get("ann", "/media/" + json(posted).get("id").asText()).body())
        .isEqualTo(bytes);
  }

  private static byte[] picture() throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(600, 400, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  @Test
  void a_picture_is_had_in_several_sizes() throws Exception {
    var id = node.upload("ann", picture());

    var info = json(node.get("ann", "/media/" + id + "/info"));

    assertThat(info.get("kind").asText()).isEqualTo("image");
    assertThat(info.get("width").asInt()).isEqualTo(600);
    assertThat(info.get("placeholder").asText()).isNotEmpty();
    for (var size : info.get("sizes")) {
      var form = node.get("ann", "/media/" + id + "?size=" + size.asText());
      assertThat(form.statusCode()).isEqualTo(200);
      assertThat(form.headers().firstValue("Content-Type").orElseThrow()).startsWith("image/");
      assertThat(form.headers().firstValue("Content-Disposition").orElseThrow())
          .startsWith("inline");
    }
    assertThat(node.get("ann", "/media/" + id + "?size=128").body()).isNotEqualTo(bytes);
  }

  @Test
  void everybody_sees_the_small_forms_of_a_users_picture_while_it_is_that() throws Exception {
    var id = node.upload("ann", picture());
    var path = "/media/" + id;
    var change = "{\"picture\":\"%s\"}";
    assertThat(node.get("eve", path + "?size=128").statusCode()).isEqualTo(404);

    var profile = node.call("ann", "PATCH", "/users/me", change.formatted(id));

    assertThat(json(profile).get("picture").asText()).isEqualTo(id);
    assertThat(json(node.get("eve", "/users/ann")).get("picture").asText()).isEqualTo(id);
    assertThat(node.get("eve", path + "?size=128").statusCode()).isEqualTo(200);
    assertThat(node.get("eve", path).statusCode()).isEqualTo(404);
    assertThat(node.get("eve", path + "/info?size=128").statusCode()).isEqualTo(404);
    var link = node.call("eve", "POST", path + "/links?size=128", "");
    assertThat(link.statusCode()).isEqualTo(404);
    node.call("ann", "PATCH", "/users/me", change.formatted(""));
    assertThat(node.get("eve", path + "?size=128").statusCode()).isEqualTo(404);
    assertThat(json(node.get("eve", "/users/ann")).has("picture")).isFalse();
  }

  @Test
  void members_see_the_small_forms_of_their_groups_picture() throws Exception {
    var id = node.upload("ann", picture());
    var made =
        json(node.call("ann", "POST", "/groups", "{\"title\":\"Us\",\"members\":[\"ben\"]}"));
    var change = "{\"picture\":\"%s\"}".formatted(id);

    var changed = node.call("ann", "PATCH", "/groups/" + made.get("id").asText(), change);

    assertThat(json(changed).get("picture").asText()).isEqualTo(id);
    assertThat(node.get("ben", "/media/" + id + "?size=320").statusCode()).isEqualTo(200);
    assertThat(node.get("eve", "/media/" + id + "?size=320").statusCode()).isEqualTo(404);
  }

  @Test
  void what_is_no_picture_does_not_become_ones_picture() {
    var id = node.upload("ann", bytes);

    var refused = node.call("ann", "PATCH", "/users/me", "{\"picture\":\"%s\"}".formatted(id));

    assertThat(refused.statusCode()).isEqualTo(415);
    assertThat(code(refused)).isEqualTo("wrong-type");
  }
}
