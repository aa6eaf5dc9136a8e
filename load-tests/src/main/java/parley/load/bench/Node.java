package parley.load.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What is measured: a node that is started for the run, or some that run already. */
final class Node implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("Parley is ready at (http://\\S+).*");
  private static final int STOP_SECONDS_MAX = 60;
  private static final String LOG = "node.log";
  private static final Map<Path, FileLock> TAKEN = new ConcurrentHashMap<>();

  private final Options options;
  private final Path folder;
  private Optional<Process> process = Optional.empty();
  private List<InetSocketAddress> addresses;

  private Node(Options options, Path folder) {
    this.options = options;
    this.folder = folder;
    this.addresses =
        options.optional("url").stream()
            .flatMap(urls -> Arrays.stream(urls.split(",")))
            .map(Node::address)
            .toList();
  }

  private static InetSocketAddress address(String url) {
    var uri = URI.create(url);
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  /** The nodes at {@code url=}, or one that is started with an empty data folder. */
  static Node of(Options options) throws IOException, InterruptedException {
    var folder = folder(options);
    var node = new Node(options, folder);
    if (node.addresses.isEmpty()) {
      take(folder);
      delete(folder);
      Files.createDirectories(folder);
      node.start();
    }
    return node;
  }

  private static Path folder(Options options) {
    return Path.of(options.text("data", "target/bench-data")).toAbsolutePath();
  }

  /** Until this process ends nobody else begins anew in the folder, which another may be using. */
  private static void take(Path folder) throws IOException {
    if (TAKEN.containsKey(folder)) {
      return;
    }
    Files.createDirectories(folder.getParent());
    var file = Path.of(folder + ".lock");
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var lock = channel.tryLock();
    if (lock == null) {
      throw new IllegalArgumentException(
          "Another benchmark uses " + folder + ": wait for its end, or give data=");
    }
    TAKEN.put(folder, lock);
  }

  /** Puts what the last node has logged there, if it was one of ours: the next one begins anew. */
  static void keepLog(Options options, Path to) throws IOException {
    var log = folder(options).resolve(LOG);
    if (options.optional("url").isEmpty() && Files.exists(log)) {
      Files.copy(log, to, StandardCopyOption.REPLACE_EXISTING);
      System.out.println("The node's log: " + to);
    }
  }

  private void start() throws IOException, InterruptedException {
    var script = Path.of(options.text("parley", "../target/parley"), "bin", "parley");
    if (!Files.isExecutable(script)) {
      throw new IllegalArgumentException(script + " is not there: build Parley, or give parley=");
    }
    var builder =
        new ProcessBuilder(
            script.toString(),
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString(),
            "--config",
            config().toString());
    builder.environment().put("PARLEY_JAVA_OPTS", options.text("jvm", ""));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve(LOG).toFile()));
    var started = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    process = Optional.of(started);
    addresses = List.of(address(url(started)));
  }

  /** What load needs, over what was given. */
  private Path config() throws IOException {
    var given =
        options
            .optional("config")
            .map(file ->
                "include required(file(\"%s\"))%n".formatted(Path.of(file).toAbsolutePath()))
            .orElse("");
    var own =
        """
        parley.limits.enabled = off
        parley.account.hash-cost = "m=8,t=1,p=1"
        parley.account.access-token-lifetime = 1d
        """;
    return Files.writeString(folder.resolve("node.conf"), given + own);
  }

  private String url(Process started) throws IOException, InterruptedException {
    var lines =
        new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var ready = READY.matcher(line);
      if (ready.matches()) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(passedOver -> {}));
        return ready.group(1);
      }
    }
    throw new IllegalStateException(
        "The node ended with %d; see %s".formatted(started.waitFor(), folder.resolve(LOG)));
  }

  /** Where the nodes listen. */
  List<InetSocketAddress> addresses() {
    return addresses;
  }

  /** The processes to measure: the node's, and those named in {@code processes=name:pid,...}. */
  List<ProcessMeter> processes() {
    var meters = new ArrayList<ProcessMeter>();
    process.ifPresent(it -> meters.add(new ProcessMeter("node", it.pid())));
    options.optional("processes").stream()
        .flatMap(all -> Arrays.stream(all.split(",")))
        .map(each -> each.split(":", 2))
        .forEach(each -> meters.add(new ProcessMeter(each[0], Long.parseLong(each[1]))));
    if (meters.isEmpty()) {
      throw new IllegalArgumentException("With url= say what to measure: processes=node:<pid>");
    }
    return meters;
  }

  /** Kills the node in the middle of what it does, and starts it again with what it has kept. */
  void killAndRestart() throws IOException, InterruptedException {
    var killed =
        process.orElseThrow(() -> new IllegalArgumentException("kill= needs a node of its own"));
    killed.destroyForcibly().waitFor();
    start();
  }

  @Override
  public void close() throws IOException {
    if (process.isPresent()) {
      var ended = process.get().onExit().thenApply(it -> true);
      process.get().destroy();
      if (!ended.completeOnTimeout(false, STOP_SECONDS_MAX, TimeUnit.SECONDS).join()) {
        process.get().destroyForcibly();
      }
      delete(folder.resolve("data"));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
