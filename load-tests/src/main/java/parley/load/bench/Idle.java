package parley.load.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import parley.load.report.Figures;

/** Users who sign in, open a socket each, and say nothing. */
final class Idle {

  /** Those who come first, so that what a node needs for anybody is there already. */
  private static final int FIRST = 200;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_KB = 1e3;

  private Idle() {}

  static Figures run(Options options) throws IOException, InterruptedException {
    int sockets = options.number("sockets", 10_000);
    var failures = new ConcurrentLinkedQueue<String>();
    Device.Traffic silence = failures::add;
    var numbers = new LinkedHashMap<String, Double>();
    try (var node = Node.of(options);
        var first = new Crew(options.text("run", "f"), FIRST, node.addresses())) {
      first.attach(0, FIRST, silence);
      long empty = residentBytes(node.processes());
      try (var crew = new Crew(options.text("run", "u"), sockets, node.addresses())) {
        numbers.put("sign-ins/s", sockets / seconds(crew.signingIn()));
        long signedIn = liveBytes(node.processes());
        long residentBefore = residentBytes(node.processes());
        long start = System.nanoTime();
        crew.attach(0, sockets, silence);
        numbers.put(
            "sockets opened/s", sockets / seconds(Duration.ofNanos(System.nanoTime() - start)));
        long open = liveBytes(node.processes());
        numbers.put("alive on the heap, KB per socket", (open - signedIn) / BYTES_PER_KB / sockets);
        long resident = residentBytes(node.processes());
        numbers.put(
            "resident, KB per socket", (resident - residentBefore) / BYTES_PER_KB / sockets);
        numbers.put(
            "resident KB per socket and user awake", (resident - empty) / BYTES_PER_KB / sockets);
        var window = new Window(node.processes(), () -> sockets);
        window.last(options.seconds("seconds", 20));
        window.addBusyTo(numbers);
        Window.addMemory(numbers, node.processes(), "at the end");
        var faults = List.copyOf(failures);
        return new Figures(
            options.toString(), Instant.now(), numbers, List.of(), List.of(), faults);
      }
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }

  /** What is alive on the heaps of the processes. */
  private static long liveBytes(List<ProcessMeter> processes)
      throws IOException, InterruptedException {
    long bytes = 0;
    for (var process : processes) {
      bytes += process.liveBytes();
    }
    return bytes;
  }

  /** What the processes need once their garbage is collected. */
  private static long residentBytes(List<ProcessMeter> processes)
      throws IOException, InterruptedException {
    long bytes = 0;
    for (var process : processes) {
      process.collectGarbage();
      bytes += process.residentBytes();
    }
    return bytes;
  }
}
