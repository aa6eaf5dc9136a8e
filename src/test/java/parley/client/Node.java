package parley.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import parley.Parley;
import parley.Settings;

/** A whole node in this JVM, on a free port. */
final class Node implements AutoCloseable {

  private final Parley parley;

  /** A node that keeps everything in the folder. */
  Node(Path data) {
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

  /** A node with that configuration, and settings over it. */
  Node(Optional<Path> configuration, Map<String, ?> settings) {
    parley = Parley.start(Settings.load(configuration, settings));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + parley.address().getPort());
  }

  @Override
  public void close() {
    parley.stop().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
