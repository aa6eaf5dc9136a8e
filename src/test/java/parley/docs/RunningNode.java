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
    var uri = URI.create("http://127.0.0.1:" + parley.address().getPort() + path);
    var request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    request.method(
        method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
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
