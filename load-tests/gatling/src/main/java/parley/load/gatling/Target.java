package parley.load.gatling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The node that a simulation is for: the one at {@code -Durl=}, or one that is started from {@code
 * -Dparley=}, with an empty data folder and its limits off, and ends with the simulation.
 */
final class Target {

  private static final Pattern READY = Pattern.compile("Parley is ready at (http://\\S+).*");

  /** Load tools sign in crowds: hashes at their least cost, and nobody is told to be slower. */
  private static final String FOR_CROWDS =
      """
      parley.limits.enabled = off
      parley.account.hash-cost = "m=8,t=1,p=1"
      """;

  private static final String REAL_HASHES = "parley.limits.enabled = off";

  private Target() {}

  /** The URL of a node on which signing in costs next to nothing. */
  static String url() {
    return url(FOR_CROWDS);
  }

  /** The URL of a node that hashes passwords as in production. */
  static String urlWithRealHashes() {
    return url(REAL_HASHES);
  }

  private static String url(String settings) {
    var given = System.getProperty("url", "");
    try {
      return given.isEmpty() ? start(settings) : given;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String start(String settings) throws IOException {
    var script = Path.of(System.getProperty("parley", "../../target/parley"), "bin", "parley");
    var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "node");
    var config = Files.writeString(folder.resolve("node.conf"), settings);
    var node =
        new ProcessBuilder(
                script.toString(),
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString(),
                "--config",
                config.toString())
            .redirectError(folder.resolve("node.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::destroy));
    var output =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      var ready = READY.matcher(line);
      if (ready.matches()) {
        return ready.group(1);
      }
    }
    throw new IllegalStateException("The node did not start; see " + folder.resolve("node.log"));
  }
}
