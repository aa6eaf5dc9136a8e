package parley.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TetheredProcessIT {

  private static final List<String> LONG = List.of("sleep", "600");

  @TempDir Path temporary;

  @Test
  void nothing_of_it_is_left_behind() throws Exception {
    var folder = Files.createDirectory(temporary.resolve("data"));
    var process = TetheredProcess.start(folder, temporary.resolve("log"), LONG);
    var handle = ProcessHandle.of(process.pid()).orElseThrow();

    process.pause();
    process.close();

    assertThat(handle.isAlive()).isFalse();
    assertThat(folder).doesNotExist();
  }

  @Test
  void it_ends_when_whoever_holds_it_is_killed() throws Exception {
    var folder = Files.createDirectory(temporary.resolve("data"));
    var tethered = TetheredProcess.home().resolve("tethered");
    // The holder keeps the pipe open for as long as it lives.
    var held = "sleep 600 | " + tethered + " " + folder + " sleep 600";
    var shell = new ProcessBuilder("sh", "-c", held).start();
    long pid = Long.parseLong(shell.inputReader().readLine());
    var process = ProcessHandle.of(pid).orElseThrow();
    var holder =
        shell.descendants().filter(child -> isHolder(child, process)).findFirst().orElseThrow();

    holder.destroyForcibly();
    process.onExit().get(10, TimeUnit.SECONDS);

    assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(folder).doesNotExist();
  }

  private static boolean isHolder(ProcessHandle child, ProcessHandle process) {
    return !child.equals(process)
        && child.info().command().filter(command -> command.endsWith("sleep")).isPresent();
  }

  @Test
  void one_that_does_not_start_is_told_with_the_end_of_its_log() throws Exception {
    var folder = Files.createDirectory(temporary.resolve("data"));
    var command = List.of("sh", "-c", "sleep 0.2; echo no such port >&2");
    var process = TetheredProcess.start(folder, temporary.resolve("log"), command);

    assertThatThrownBy(() -> process.awaitReady(() -> false, Duration.ofSeconds(10)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Ended before it was ready")
        .hasMessageContaining("no such port");
    assertThat(folder).doesNotExist();
  }
}
