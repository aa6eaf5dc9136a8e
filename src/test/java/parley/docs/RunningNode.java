package parley.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parley.Parley;
import parley.Settings;

/** A whole node in this JVM, on a free port and with a folder of its own. */
final class RunningNode implements AutoCloseable {

  private static final String JSON = "application/json";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Parley parley;

  RunningNode(Path data) {
    parley =
        Parley.start(
            Settings.load(
                Optional.empty(),
                Map.of(
                    "parley.http.port",
                    0,
                    "parley.data",
                    data.toString(),
                    "parley.media.simple-bytes-max",
                    "1 MiB",
                    "parley.embedded.sync",
                    "off",
                    "parley.account.hash-cost",
                    "m=8,t=1,p=1")));
  }

  /**
   * One exchange.
   *
   * @param token empty: without one
   * @param body empty: without one
   */
  HttpResponse<String> call(String token, String method, String path, String body) {
    var json = body.isEmpty() ? Map.<String, String>of() : Map.of("Content-Type", JSON);
    return call(token, method, path, body, json);
  }

  /** One exchange, with those headers. */
  HttpResponse<String> call(
      String token, String method, String path, String body, Map<String, String> headers) {
    var uri = URI.create("http://127.0.0.1:" + parley.address().getPort() + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.method(
        method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    parley.stop().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
