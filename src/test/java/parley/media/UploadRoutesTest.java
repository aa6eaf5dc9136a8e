package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediaNode.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads by tus 1.0, on a whole node. */
class UploadRoutesTest {

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
                "parley.media.file-bytes-max", 1_000_000,
                "parley.media.uploads-open-max", 3,
                "parley.media.sweep-interval", "200ms"));
    node.register("ann", "ben", "cid", "dan", "eve", "fay", "gus");
    bytes = new byte[SIZE];
    new Random(3).nextBytes(bytes);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static HttpResponse<byte[]> create(String user, long length) {
    var name = Base64.getEncoder().encodeToString("Grüße.bin".getBytes());
    return node.send(
        node.tus(user, "/uploads")
            .header("Upload-Length", Long.toString(length))
            .header("Upload-Metadata", "filename " + name)
            .POST(BodyPublishers.noBody()));
  }

  private static String location(HttpResponse<byte[]> created) {
    assertThat(created.statusCode()).as(new String(created.body())).isEqualTo(201);
    return created.headers().firstValue("Location").orElseThrow();
  }

  private static HttpResponse<byte[]> patch(String path, int from, int to, String... headers) {
    var request =
        node.tus("ann", path)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", Integer.toString(from));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return node.send(
        request.method("PATCH", BodyPublishers.ofByteArray(Arrays.copyOfRange(bytes, from, to))));
  }

  private static String offset(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Upload-Offset").orElse("none");
  }

  private static HttpResponse<byte[]> head(String user, String path) {
    return node.send(node.tus(user, path).method("HEAD", BodyPublishers.noBody()));
  }

  @Test
  void what_is_spoken_is_told() {
    var told = node.send(node.request("", "/uploads").method("OPTIONS", BodyPublishers.noBody()));

    assertThat(told.statusCode()).isEqualTo(204);
    assertThat(told.headers().firstValue("Tus-Version")).contains("1.0.0");
    assertThat(told.headers().firstValue("Tus-Max-Size")).contains("1000000");
    assertThat(told.headers().firstValue("Tus-Checksum-Algorithm")).contains("md5,sha1,sha256");
    assertThat(told.headers().firstValue("Tus-Extension"))
        .contains("creation,creation-with-upload,checksum,expiration,termination");
  }

  @Test
  void an_upload_in_pieces_becomes_whole() {
    var path = location(create("ann", SIZE));
    assertThat(offset(head("ann", path))).isEqualTo("0");

    assertThat(offset(patch(path, 0, 70_000))).isEqualTo("70000");
    var between = head("ann", path);
    assertThat(between.headers().firstValue("Upload-Length")).contains("200000");
    assertThat(between.headers().firstValue("Upload-Expires")).isPresent();
    assertThat(between.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(patch(path, 70_000, SIZE).statusCode()).isEqualTo(204);

    var media = path.replace("/uploads/", "/media/");
    MediaNode.await(() -> node.get("ann", media).statusCode() == 200);
    assertThat(node.get("ann", media).body()).isEqualTo(bytes);
    assertThat(offset(head("ann", path))).isEqualTo("200000");
    assertThat(MediaNode.json(node.get("ann", media + "/info")).get("name").asText())
        .isEqualTo("Grüße.bin");
  }

  @Test
  void it_goes_on_only_where_it_stopped() {
    var path = location(create("ann", SIZE));
    patch(path, 0, 1_000);

    var refused = patch(path, 2_000, 3_000);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(code(refused)).isEqualTo("upload-offset");
    assertThat(offset(head("ann", path))).isEqualTo("1000");
    node.send(node.tus("ann", path).DELETE());
  }

  @Test
  void bytes_that_are_not_what_they_should_be_are_not_kept() throws Exception {
    var path = location(create("ann", SIZE));
    var part = Arrays.copyOfRange(bytes, 0, 100_000);
    var sha = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(part));

    var mismatch = patch(path, 0, 99_999, "Upload-Checksum", "sha256 " + sha);
    assertThat(mismatch.statusCode()).isEqualTo(460);
    assertThat(code(mismatch)).isEqualTo("checksum-mismatch");
    assertThat(offset(head("ann", path))).isEqualTo("0");

    assertThat(patch(path, 0, 100_000, "Upload-Checksum", "sha256 " + sha).statusCode())
        .isEqualTo(204);
    assertThat(patch(path, 100_000, SIZE, "Upload-Checksum", "crc32 AAAA").statusCode())
        .isEqualTo(400);
    node.send(node.tus("ann", path).DELETE());
  }

  @Test
  void a_beginning_with_what_cannot_be_taken_leaves_no_upload_open() {
    for (int i = 0; i < 5; i++) {
      // Its place is free again soon after.
      MediaNode.await(() -> beginWithWrongChecksum() == 400);
    }
  }

  private static int beginWithWrongChecksum() {
    var answer =
        node.send(
            node.tus("gus", "/uploads")
                .header("Upload-Length", "200000")
                .header("Upload-Checksum", "crc32 AAAA")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(bytes)));
    return answer.statusCode();
  }

  @Test
  void bytes_may_come_with_the_beginning() {
    var created =
        node.send(
            node.tus("ann", "/uploads")
                .header("Upload-Length", "200000")
                .header("Content-Type", "application/offset+octet-stream")
                .POST(BodyPublishers.ofByteArray(bytes)));

    assertThat(offset(created)).isEqualTo("200000");
    var media = location(created).replace("/uploads/", "/media/");
    MediaNode.await(() -> node.get("ann", media).statusCode() == 200);
    assertThat(node.get("ann", media).body()).isEqualTo(bytes);
  }

  @Test
  void an_upload_that_is_ended_leaves_nothing_behind() {
    var path = location(create("ann", SIZE));
    patch(path, 0, 100_000);
    var objects = folder.resolve("media/objects/media").resolve(path.replace("/uploads/", ""));
    assertThat(objects).isNotEmptyDirectory();

    assertThat(node.send(node.tus("ann", path).DELETE()).statusCode()).isEqualTo(204);

    assertThat(head("ann", path).statusCode()).isEqualTo(404);
    MediaNode.await(() -> !Files.exists(objects));
  }

  @Test
  void a_later_connection_takes_over_from_one_that_hangs() throws Exception {
    var path = location(create("ann", SIZE));
    var spool = folder.resolve("media/spool");
    try (var hangs = node.beginPatch("ann", path, SIZE)) {
      hangs.getOutputStream().write(bytes, 0, 10_000);
      MediaNode.await(() -> !isEmpty(spool));

      assertThat(offset(patch(path, 0, SIZE))).isEqualTo("200000");

      // It is told so, or just cut off, and leaves nothing behind.
      var answer = new String(hangs.getInputStream().readAllBytes());
      assertThat(answer).matches("(?s)|HTTP/1.1 409 .*");
      MediaNode.await(() -> isEmpty(spool));
    }
    var media = path.replace("/uploads/", "/media/");
    MediaNode.await(() -> node.get("ann", media).statusCode() == 200);
    assertThat(node.get("ann", media).body()).isEqualTo(bytes);
  }

  private static boolean isEmpty(Path folder) {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void others_do_not_find_it() {
    var path = location(create("ann", SIZE));

    assertThat(head("ben", path).statusCode()).isEqualTo(404);
    assertThat(node.send(node.tus("ben", path).DELETE()).statusCode()).isEqualTo(404);
    assertThat(head("ann", path).statusCode()).isEqualTo(200);
    node.send(node.tus("ann", path).DELETE());
  }

  @Test
  void too_much_is_refused() {
    assertThat(code(create("ann", 1_000_001))).isEqualTo("too-large");
    var path = location(create("ann", 1_000));
    assertThat(code(patch(path, 0, 1_001))).isEqualTo("too-large");
    assertThat(offset(head("ann", path))).isEqualTo("0");
    node.send(node.tus("ann", path).DELETE());
  }

  @Test
  void so_many_uploads_of_one_user_go_on_at_a_time() {
    for (int i = 0; i < 3; i++) {
      location(create("cid", 10));
    }

    var refused = create("cid", 10);

    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(code(refused)).isEqualTo("media-quota");
    location(create("dan", 10));
  }

  @Test
  void what_was_to_come_at_once_and_failed_is_gone() throws Exception {
    var media = folder.resolve("media/objects/media");
    Files.createDirectories(media.getParent());
    var moved = folder.resolve("media-moved");
    if (Files.exists(media)) {
      Files.move(media, moved);
    }
    // What is to be put into that folder is refused now.
    Files.createFile(media);
    for (int i = 0; i < 4; i++) {
      // Until those before it are gone, which is soon, it is one too many: 413.
      MediaNode.await(() -> post("fay").statusCode() == 503);
    }
    Files.delete(media);
    if (Files.exists(moved)) {
      Files.move(moved, media);
    }

    MediaNode.await(() -> post("fay").statusCode() == 201);
  }

  private static HttpResponse<byte[]> post(String user) {
    return node.send(node.request(user, "/media").POST(BodyPublishers.ofByteArray(new byte[10])));
  }

  /** Their ids are not even known to who would have to end them. */
  @Test
  void what_fails_is_not_counted_as_going_on() throws Exception {
    var spool = folder.resolve("media/spool");
    var moved = Files.move(spool, folder.resolve("moved"));
    for (int i = 0; i < 4; i++) {
      assertThat(create("eve", 10).statusCode()).isEqualTo(503);
    }
    Files.move(moved, spool);

    location(create("eve", 10));
  }

  @Test
  void another_version_is_not_spoken() {
    var refused = node.send(node.request("ann", "/uploads").POST(BodyPublishers.noBody()));

    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(refused.headers().firstValue("Tus-Version")).contains("1.0.0");
    assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void who_cannot_say_patch_says_post() {
    var path = location(create("ann", SIZE));
    var posted =
        node.send(
            node.tus("ann", path)
                .header("X-HTTP-Method-Override", "PATCH")
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .POST(BodyPublishers.ofByteArray(bytes)));

    assertThat(offset(posted)).isEqualTo("200000");
  }
}
