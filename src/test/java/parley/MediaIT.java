package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.ChatUser.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
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
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An upload whose connection is cut ten times, and whose node is killed in the middle, arrives byte
 * for byte; so it is sent, and read by whom it is for.
 */
class MediaIT {

  private static final int SIZE = 24 * 1024 * 1024 + 7;
  private static final int CUTS = 10;
  private static final int KILLED_AT = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final HttpClient http = HttpClient.newHttpClient();
  private final byte[] bytes = new byte[SIZE];
  private ChatUser ann;

  @Test
  void an_upload_that_is_cut_ten_times_arrives_whole() {
    new Random(11).nextBytes(bytes);
    var data = folder.resolve("data");
    var node = RunningNode.start(data);
    try {
      ann = ChatUser.register(node.uri(), "ann");
      var ben = ChatUser.register(node.uri(), "ben");
      var eve = ChatUser.register(node.uri(), "eve");
      var upload = create();
      for (int cut = 0; cut < CUTS; cut++) {
        if (cut == KILLED_AT) {
          node.kill();
          node = RunningNode.start(data);
          for (var user : new ChatUser[] {ann, ben, eve}) {
            user.moveTo(node.uri());
          }
        }
        long before = offset(upload);
        sendAndCut(upload, before, SIZE / (CUTS + 2));
        await(() -> offset(upload) > before);
      }
      finish(upload);
      // It may be looked at already, or not: the next process goes on.
      node.kill();
      node = RunningNode.start(data);
      for (var user : new ChatUser[] {ann, ben, eve}) {
        user.moveTo(node.uri());
      }
      var media = upload.replace("/uploads/", "/media/");
      await(() -> get(ann, media, "").statusCode() == HttpURLConnection.HTTP_OK);
      sendTo(ben, media);

      assertThat(get(ben, media, "").body()).isEqualTo(bytes);
      assertThat(get(ben, media, "bytes=8388600-8388620").body())
          .isEqualTo(Arrays.copyOfRange(bytes, 8_388_600, 8_388_621));
      assertThat(get(eve, media, "").statusCode()).isEqualTo(404);
    } finally {
      node.close();
    }
  }

  private HttpRequest.Builder tus(String path) {
    return request(ann, path).header("Tus-Resumable", "1.0.0");
  }

  private static HttpRequest.Builder request(ChatUser user, String path) {
    return HttpRequest.newBuilder(user.node().resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + user.token());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String create() {
    var created =
        send(
            tus("/uploads")
                .header("Upload-Length", Integer.toString(SIZE))
                .POST(BodyPublishers.noBody()));
    assertThat(created.statusCode()).isEqualTo(201);
    return created.headers().firstValue("Location").orElseThrow();
  }

  private long offset(String upload) {
    var head = send(tus(upload).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    return Long.parseLong(head.headers().firstValue("Upload-Offset").orElseThrow());
  }

  /** Announces all that is left, sends some of it, and is gone without a word. */
  private void sendAndCut(String upload, long offset, int length) {
    URI node = ann.node();
    var head =
        """
        PATCH %s HTTP/1.1\r
        Host: %s\r
        Authorization: Bearer %s\r
        Tus-Resumable: 1.0.0\r
        Content-Type: application/offset+octet-stream\r
        Upload-Offset: %d\r
        Content-Length: %d\r
        \r
        """
            .formatted(upload, node.getAuthority(), ann.token(), offset, SIZE - offset);
    try (var socket = new Socket(node.getHost(), node.getPort())) {
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, (int) offset, length);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void finish(String upload) {
    // The last cut may still be on its way: then the server says where to go on.
    await(() -> {
      long offset = offset(upload);
      var rest = Arrays.copyOfRange(bytes, (int) offset, SIZE);
      var patched =
          send(
              tus(upload)
                  .header("Content-Type", "application/offset+octet-stream")
                  .header("Upload-Offset", Long.toString(offset))
                  .method("PATCH", BodyPublishers.ofByteArray(rest)));
      return patched.statusCode() == 204;
    });
    assertThat(offset(upload)).isEqualTo(SIZE);
  }

  private HttpResponse<byte[]> get(ChatUser user, String path, String range) {
    var request = request(user, path);
    return send(range.isEmpty() ? request : request.header("Range", range));
  }

  private void sendTo(ChatUser ben, String media) {
    var content =
        "{\"type\":\"media\",\"mediaId\":\"%s\"}".formatted(media.substring("/media/".length()));
    var sent = "{\"to\":\"ben\",\"content\":%s}".formatted(content);
    assertThat(ann.call("POST", "/messages", sent).statusCode()).isEqualTo(200);
    var received = json(ben.call("GET", "/messages", "")).get(0);
    assertThat(received.at("/content/size").intValue()).isEqualTo(SIZE);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
