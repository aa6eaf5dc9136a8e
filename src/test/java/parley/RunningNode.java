package parley;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import parley.services.Signals;

/** A node in a process of its own, from the distribution that {@code mvn package} has made. */
final class RunningNode implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration END_TIMEOUT = Duration.ofSeconds(90);

  /** A node of a test does not live for long enough to gain what thorough compilation costs. */
  static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 ";

  private static final Pattern READY = Pattern.compile("Parley is ready at (http://\\S+) .*");

  private static volatile Deployment deployment = Deployment.EMBEDDED;

  private final Process process;
  private final Path log;
  private URI uri;

  private RunningNode(Process process, Path log, URI uri) {
    this.process = process;
    this.log = log;
    this.uri = uri;
  }

  /** What a process that has ended by itself left behind. */
  record Ended(int exitCode, String out, String err) {}

  /** From now on nodes are started on this. */
  static void runOn(Deployment other) {
    deployment = other;
  }

  /** A node with that data folder, on a free port; ready. Its log goes beside the folder. */
  static RunningNode start(Path data) {
    return start(data, "", "");
  }

  /**
   * Such a node with settings of its own.
   *
   * @param settings as they stand in a configuration file; it goes beside the folder
   * @param javaFlags for its JVM, such as the size of its heap
   */
  static RunningNode start(Path data, String settings, String javaFlags) {
    return start(0, data, settings, javaFlags);
  }

  /** Such a node that is found at the same port each time. */
  static RunningNode start(int port, Path data, String settings, String javaFlags) {
    return begin(port, data, settings, javaFlags).awaitReady();
  }

  /** Such a node that may not be ready yet. */
  static RunningNode begin(int port, Path data, String settings, String javaFlags) {
    var command = command("--port", Integer.toString(port), "--data", data.toString());
    var all = deployment.settings(data) + settings;
    if (!all.isEmpty()) {
      command.add("--config");
      command.add(written(all, data));
    }
    var builder = new ProcessBuilder(command);
    builder.environment().put("PARLEY_JAVA_OPTS", SHORT_LIVED + javaFlags);
    return begin(builder, data, port);
  }

  private static String written(String settings, Path data) {
    try {
      var config = data.resolveSibling(data.getFileName() + ".conf");
      return Files.writeString(config, settings).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of many: takes its settings from the environment, by way of conf/cluster.conf. */
  static RunningNode start(Path data, Map<String, String> environment) {
    var home = Path.of(System.getProperty("parley.home"));
    var config = home.resolve("conf/cluster.conf").toString();
    var builder =
        new ProcessBuilder(command("--port", "0", "--data", data.toString(), "--config", config));
    builder.environment().put("PARLEY_JAVA_OPTS", SHORT_LIVED);
    builder.environment().put("PARLEY_MEDIA_STORE", "folder");
    builder.environment().putAll(environment);
    return begin(builder, data, 0).awaitReady();
  }

  private static RunningNode begin(ProcessBuilder builder, Path data, int port) {
    try {
      var log = data.resolveSibling(data.getFileName() + ".log");
      var output = ProcessBuilder.Redirect.appendTo(log.toFile());
      var process = builder.redirectError(output).start();
      return new RunningNode(process, log, URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when it has said that it is ready. */
  RunningNode awaitReady() {
    BufferedReader out = process.inputReader();
    var line =
        CompletableFuture.supplyAsync(() -> out.lines().findFirst().orElse(""))
            .completeOnTimeout("", START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    var ready = READY.matcher(line);
    if (!ready.matches()) {
      process.destroyForcibly();
      throw new AssertionError("Not ready: \"" + line + "\"\n" + log());
    }
    uri = URI.create(ready.group(1));
    return this;
  }

  /** What it has written to stderr so far. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code bin/parley} until it ends by itself. */
  static Ended run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** Runs it with that environment, besides this one's. */
  static Ended run(Map<String, String> environment, String... arguments) {
    try {
      var out = Files.createTempFile("parley", ".out");
      var err = Files.createTempFile("parley", ".err");
      var builder =
          new ProcessBuilder(command(arguments))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      var process = builder.start();
      int exitCode = awaitEnd(process);
      var ended = new Ended(exitCode, Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("parley.home"), "bin", "parley").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static int awaitEnd(Process process) {
    try {
      if (!process.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("The process has not ended within " + END_TIMEOUT);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  URI uri() {
    return uri;
  }

  /** SIGSTOP: its connections stay, nothing is answered. */
  void pause() {
    Signals.pause(process.pid());
  }

  /** Ends {@link #pause}. */
  void resume() {
    Signals.resume(process.pid());
  }

  /** SIGKILL: nothing of it runs any more, and nothing was tidied up. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(process);
  }

  /** SIGTERM: the exit code of the orderly end. */
  int terminate() {
    process.destroy();
    return awaitEnd(process);
  }

  @Override
  public void close() {
    kill();
  }
}
