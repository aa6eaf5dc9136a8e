package parley.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A store that speaks S3's protocol, in a process of its own, on loopback, with one bucket. All
 * tests of a run share it, each under a prefix of its own. Skips the test when its class path has
 * not been made.
 */
public final class RunningS3 {

  public static final String BUCKET = "parley-media";

  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final byte[] GET =
      "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Path CLASS_PATH = Path.of("target/services/s3.classpath");

  private static RunningS3 shared;

  private final URI uri;

  private RunningS3(URI uri) {
    this.uri = uri;
  }

  /** The one that all tests of this run share; started by the first who asks. */
  public static synchronized RunningS3 shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  private static RunningS3 start() {
    if (!Files.exists(CLASS_PATH)) {
      throw Missing.skip(
          "No S3 to test with: mvn -f docker/services package, or mvn verify, gets it");
    }
    try {
      var folder = Files.createTempDirectory("parley-s3");
      int port = Loopback.freePort();
      var command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m",
              "-cp",
              Files.readString(CLASS_PATH).strip(),
              "com.adobe.testing.s3mock.S3MockApplication",
              "--server.address=127.0.0.1",
              "--server.port=" + Loopback.freePort(),
              "--http.port=" + port,
              "--com.adobe.testing.s3mock.max-payload-size=64MB",
              "--com.adobe.testing.s3mock.store.root=" + folder,
              "--com.adobe.testing.s3mock.store.initial-buckets=" + BUCKET);
      var process = TetheredProcess.start(folder, Path.of("target/services/s3.log"), command);
      var address = new InetSocketAddress("127.0.0.1", port);
      process.awaitReady(
          () -> Loopback.ask(address, GET, "HTTP/1.1 200".length()).isPresent(), START_TIMEOUT);
      return new RunningS3(URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return uri;
  }
}
