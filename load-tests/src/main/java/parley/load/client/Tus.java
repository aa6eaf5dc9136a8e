package parley.load.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Supplier;

/**
 * One user's uploads to a node, by tus 1.0, and their way back. Nothing of the bytes is kept here.
 */
public final class Tus {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;

  private final HttpClient client;
  private final InetSocketAddress node;
  private final String token;

  public Tus(HttpClient client, InetSocketAddress node, String token) {
    this.client = client;
    this.node = node;
    this.token = token;
  }

  private HttpRequest.Builder request(String path) {
    var uri = "http://%s:%d%s".formatted(node.getHostString(), node.getPort(), path);
    return HttpRequest.newBuilder(URI.create(uri))
        .header("Authorization", "Bearer " + token)
        .header("Tus-Resumable", "1.0.0");
  }

  /** Begins an upload; where it is, {@code /uploads/<media id>}. */
  public String create(long sizeBytes) throws IOException, InterruptedException {
    var answer =
        send(
            request("/uploads")
                .header("Upload-Length", Long.toString(sizeBytes))
                .POST(BodyPublishers.noBody()),
            CREATED);
    return answer.headers().firstValue("Location").orElseThrow();
  }

  /** Sends all bytes of the upload at once. */
  public void append(String upload, Supplier<InputStream> bytes, long sizeBytes)
      throws IOException, InterruptedException {
    BodyPublisher body =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(bytes), sizeBytes);
    send(
        request(upload)
            .header("Content-Type", "application/offset+octet-stream")
            .header("Upload-Offset", "0")
            .method("PATCH", body),
        NO_CONTENT);
  }

  /** Whether what was uploaded was looked at, and may be sent. */
  public boolean isReady(String upload) throws IOException, InterruptedException {
    var info = send(request(medium(upload) + "/info"), OK).body();
    return Rest.text(info, "state").equals("ready");
  }

  /** The bytes of what was uploaded; to be closed. */
  public InputStream read(String upload) throws IOException, InterruptedException {
    var answer = client.send(request(medium(upload)).build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() != OK) {
      throw new IOException(upload + " was not read: " + answer.statusCode());
    }
    return answer.body();
  }

  private static String medium(String upload) {
    return upload.replace("/uploads/", "/media/");
  }

  private HttpResponse<String> send(HttpRequest.Builder request, int expected)
      throws IOException, InterruptedException {
    var answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != expected) {
      throw new IOException(
          "%s was answered with %d: %s"
              .formatted(answer.request().uri().getPath(), answer.statusCode(), answer.body()));
    }
    return answer;
  }
}
