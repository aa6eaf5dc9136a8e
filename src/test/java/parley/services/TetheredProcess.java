package parley.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * A process that ends with this JVM, however this JVM ends, and takes its folder with it: {@code
 * docker/services/tethered} holds the other end of the line.
 */
public final class TetheredProcess implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(30);
  private static final int TOLD_LINES_MAX = 40;

  private final Process tether;
  private final ProcessHandle process;
  private final Path log;

  private TetheredProcess(Process tether, ProcessHandle process, Path log) {
    this.tether = tether;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it; {@link #awaitReady} says when it can be used.
   *
   * @param folder what it keeps; removed at the end
   * @param log where its output goes; kept
   */
  public static TetheredProcess start(Path folder, Path log, List<String> command) {
    var tethered = new ArrayList<String>();
    tethered.add(home().resolve("tethered").toString());
    tethered.add(folder.toString());
    tethered.addAll(command);
    try {
      Files.createDirectories(log.getParent());
      Files.deleteIfExists(log);
      var tether =
          new ProcessBuilder(tethered)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      return of(tether, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TetheredProcess of(Process tether, Path log) throws IOException {
    var pid = tether.inputReader().readLine();
    if (pid == null) {
      throw new AssertionError("Not started:\n" + tail(log));
    }
    var process = ProcessHandle.of(Long.parseLong(pid));
    if (process.isEmpty()) {
      tether.destroy();
      throw new AssertionError("Ended at once:\n" + tail(log));
    }
    return new TetheredProcess(tether, process.get(), log);
  }

  /** The folder with the scripts that start services. */
  static Path home() {
    return Path.of(System.getProperty("parley.services", "docker/services")).toAbsolutePath();
  }

  /** Waits for it to be ready; if it is not in time, or ends, it is stopped and its log told. */
  public void awaitReady(BooleanSupplier ready, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!ready.getAsBoolean()) {
      if (endsWithin(POLL_INTERVAL) || System.nanoTime() > deadline) {
        var why = process.isAlive() ? "Not ready within " + timeout : "Ended before it was ready";
        close();
        throw new AssertionError(why + ", log " + log + ":\n" + tail(log));
      }
    }
  }

  private boolean endsWithin(Duration timeout) {
    try {
      process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SIGSTOP: it keeps its connections and answers nothing. */
  public void pause() {
    Signals.pause(pid());
  }

  /** SIGCONT: it goes on as if nothing had been. */
  public void resume() {
    Signals.resume(pid());
  }

  /** The id of the process itself, not of what holds its line. */
  public long pid() {
    return process.pid();
  }

  /** SIGKILL, paused or not; its folder is gone when this returns. */
  @Override
  public void close() {
    try {
      tether.getOutputStream().close();
      if (!tether.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Process " + pid() + " has not ended within " + END_TIMEOUT);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tail(Path log) {
    try {
      var lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - TOLD_LINES_MAX), lines.size()));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }
}
