package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import parley.services.Loopback;
import parley.services.RunningHaproxy;
import parley.services.Services;

/** A cluster on one machine in one command, as somebody runs it who wants to try one. */
@ExtendWith(Services.class)
class LocalClusterIT {

  private static final Path SCRIPT = Path.of("docker/local-cluster").toAbsolutePath();
  private static final Path LOG = Path.of("target/services/local-cluster.log");
  private static final int PORTS = 20;
  private static final Pattern READY = Pattern.compile("Parley is ready at (http://\\S+) .*");

  @TempDir private Path folder;

  @BeforeAll
  static void needs_haproxy() {
    RunningHaproxy.program();
  }

  @Test
  void it_serves_and_leaves_no_process_behind() throws Exception {
    var port = Integer.toString(Loopback.freePorts(PORTS));
    var script = script("--nodes", "2", "--port", port, "--folder", folder.toString());
    var ready = READY.matcher(String.valueOf(script.inputReader().readLine()));
    List<ProcessHandle> processes;
    try {
      assertThat(ready.matches()).as(() -> "ready; " + log()).isTrue();
      var cluster = URI.create(ready.group(1));
      var ann = ChatUser.register(cluster, "ann");
      var ben = ChatUser.register(cluster, "ben");
      ben.awaitArrival(ann.sent("ben", "hello", "c-1"));

      assertThat(ben.unread(10)).hasSize(1);
      assertThat(ann.call("GET", "/push/key", "").statusCode()).isEqualTo(200);
    } finally {
      processes = script.descendants().toList();
      script.destroy();
    }
    assertThat(script.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(processes).hasSizeGreaterThanOrEqualTo(5).noneMatch(ProcessHandle::isAlive);
  }

  private Process script(String... options) throws Exception {
    var command = new ProcessBuilder(SCRIPT.toString());
    command.command().addAll(List.of(options));
    command.environment().put("PARLEY_DISTRIBUTION", System.getProperty("parley.home"));
    command.environment().put("PARLEY_JAVA_OPTS", RunningNode.SHORT_LIVED + "-Xmx512m");
    return command.redirectError(LOG.toFile()).start();
  }

  private static String log() {
    try {
      return Files.readString(LOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_option_that_makes_no_sense_is_refused_in_one_line() throws Exception {
    var script = new ProcessBuilder(SCRIPT.toString(), "--nodes", "9").start();

    assertThat(script.waitFor()).isEqualTo(2);
    assertThat(script.errorReader().lines())
        .containsExactly("local-cluster: --nodes is 1 to 5 (--help tells more)");
  }
}
