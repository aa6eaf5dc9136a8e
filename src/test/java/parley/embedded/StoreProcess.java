package parley.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A process of its own that opens a store, writes, and prints the number of each write done. */
final class StoreProcess implements AutoCloseable {

  private static final int WRITERS = 8;
  private static final int VALUE_BYTES = 300;

  private final Process process;
  private final BufferedReader output;

  private StoreProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts writing rows from the given number on. */
  static StoreProcess start(Path folder, long firstRow) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-Xmx128m",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            StoreProcess.class.getName(),
            folder.toString(),
            Long.toString(firstRow));
    return new StoreProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  /** The next line that it prints; null when it has ended. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Reads on until it prints that it has opened the store; fails when it ends before. */
  void awaitOpen() throws IOException {
    for (var line = line(); !"open".equals(line); line = line()) {
      if (line == null) {
        throw new IOException("The process ended without opening the store");
      }
    }
  }

  /** Ends it with SIGKILL. */
  void kill() {
    // Not process.destroyForcibly(): that closes its output, and what it still said is wanted.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** What the process runs: writers that go on until somebody ends them. */
  public static void main(String[] arguments) {
    var store = new StoreFolder(Path.of(arguments[0])).open();
    System.out.println("open");
    var next = new AtomicLong(Long.parseLong(arguments[1]));
    var writers = new CompletableFuture<?>[WRITERS];
    for (int writer = 0; writer < WRITERS; writer++) {
      writers[writer] = CompletableFuture.runAsync(() -> writeForEver(store, next));
    }
    CompletableFuture.anyOf(writers).join();
  }

  private static void writeForEver(EmbeddedStore store, AtomicLong next) {
    while (true) {
      long row = next.getAndIncrement();
      var change = new Change.Put(Table.ARCHIVE, Keys.bytes(row), new byte[VALUE_BYTES]);
      store.write(List.of(change)).toCompletableFuture().join();
      System.out.println("row " + row);
    }
  }
}
