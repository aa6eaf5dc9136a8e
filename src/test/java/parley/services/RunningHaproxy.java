package parley.services;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** HAProxy with conf/haproxy.cfg, in a process of its own, before some nodes. */
public final class RunningHaproxy implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
  private static final byte[] ANY_REQUEST = "GET /metrics HTTP/1.0\r\n\r\n".getBytes();

  private final TetheredProcess process;
  private final URI uri;

  private RunningHaproxy(TetheredProcess process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /**
   * Starts one; skips the test when HAProxy is not installed. It takes a moment until it has found
   * out which nodes are ready: at first it takes all for it.
   *
   * @param config the file to start it with
   */
  public static RunningHaproxy start(Path config, List<URI> nodes) {
    int port = Loopback.freePort();
    var command = new ArrayList<String>();
    command.add("env");
    command.add("PARLEY_BALANCER=127.0.0.1:" + port);
    command.add("PARLEY_BALANCER_METRICS=127.0.0.1:" + Loopback.freePort());
    command.addAll(environment(nodes));
    command.addAll(List.of(program(), "-db", "-f", config.toString()));
    try {
      var folder = Files.createTempDirectory("parley-haproxy");
      var process = TetheredProcess.start(folder, Path.of("target/services/haproxy.log"), command);
      process.awaitReady(() -> Loopback.answers(port, ANY_REQUEST), START_TIMEOUT);
      return new RunningHaproxy(process, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings that name the nodes: PARLEY_NODE_1 and so on. */
  public static List<String> environment(List<URI> nodes) {
    var settings = new ArrayList<String>();
    for (var node : nodes) {
      settings.add("PARLEY_NODE_%d=%s".formatted(settings.size() + 1, node.getAuthority()));
    }
    return settings;
  }

  /** Where it is installed; skips the test when it is not. Debian keeps it beside the path. */
  public static String program() {
    var path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin:/usr/local/sbin";
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, "haproxy"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> Missing.skip("No HAProxy found: install it (apt-get install haproxy)"))
        .toString();
  }

  /** Where clients find it. */
  public URI uri() {
    return uri;
  }

  /** Kills it. */
  @Override
  public void close() {
    process.close();
  }
}
