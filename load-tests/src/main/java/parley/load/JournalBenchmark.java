package parley.load;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parley.embedded.EmbeddedStore;

/**
 * How many events a second the embedded store takes, and what each costs the processors.
 *
 * <p>Arguments, all optional: {@code workloads=store,actors sync=on,off entities=1,50,500 runs=5
 * seconds=4 folder=target/benchmark}. Every combination starts with an empty store, writes for two
 * runs to warm up, then counts each run; the line shows the least, the median and the most of them.
 */
public final class JournalBenchmark {

  private static final int WARM_UP_RUNS = 2;

  private record Run(double eventsPerSecond, double cpuMicrosPerEvent, double eventsPerCommit) {}

  private record Options(Map<String, String> given) {

    static Options of(String[] arguments) {
      var given = new HashMap<String, String>();
      for (var argument : arguments) {
        var parts = argument.split("=", 2);
        given.put(parts[0], parts[1]);
      }
      return new Options(given);
    }

    List<String> list(String name, String otherwise) {
      return Arrays.asList(given.getOrDefault(name, otherwise).split(","));
    }

    int number(String name, int otherwise) {
      return Integer.parseInt(given.getOrDefault(name, Integer.toString(otherwise)));
    }
  }

  private JournalBenchmark() {}

  /** Prints one line of a Markdown table for each combination. */
  public static void main(String[] arguments) throws Exception {
    var options = Options.of(arguments);
    System.out.println("| workload | sync | entities | events/s | CPU-us/event | events/commit |");
    System.out.println("|---|---|---|---|---|---|");
    for (var workload : options.list("workloads", "store,actors")) {
      for (var sync : options.list("sync", "on,off")) {
        for (var entities : options.list("entities", "1,50,500")) {
          var runs =
              measure(
                  Workload.valueOf(workload.toUpperCase(Locale.ROOT)),
                  sync,
                  Integer.parseInt(entities),
                  options);
          System.out.println(
              "| %s | %s | %s | %s | %s | %s |"
                  .formatted(
                      workload,
                      sync,
                      entities,
                      spread(runs.stream().map(Run::eventsPerSecond).toList(), "%,.0f"),
                      spread(runs.stream().map(Run::cpuMicrosPerEvent).toList(), "%.1f"),
                      spread(runs.stream().map(Run::eventsPerCommit).toList(), "%.1f")));
        }
      }
    }
  }

  private static List<Run> measure(Workload workload, String sync, int entities, Options options)
      throws Exception {
    var folder = Path.of(options.list("folder", "target/benchmark").getFirst());
    delete(folder);
    var system = Workload.system(config(folder, sync));
    var meter = new Meter();
    workload.start(system, entities, meter);
    var store = EmbeddedStore.get(system);
    var duration = Duration.ofSeconds(options.number("seconds", 4));
    var runs = new ArrayList<Run>();
    for (int run = -WARM_UP_RUNS; run < options.number("runs", 5); run++) {
      var result = run(store, meter, duration);
      if (run >= 0) {
        runs.add(result);
      }
    }
    meter.end();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
    delete(folder);
    return runs;
  }

  private static Run run(EmbeddedStore store, Meter meter, Duration duration)
      throws InterruptedException {
    var machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long commits = store.commits().groups();
    long events = meter.stored();
    long cpu = machine.getProcessCpuTime();
    long start = System.nanoTime();
    Thread.sleep(duration);
    double done = meter.stored() - events;
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuMicros = (machine.getProcessCpuTime() - cpu) / 1e3;
    long groups = store.commits().groups() - commits;
    return new Run(done / seconds, cpuMicros / done, done / groups);
  }

  private static String spread(List<Double> values, String format) {
    var sorted = values.stream().sorted().toList();
    return String.join(
        " - ",
        format.formatted(sorted.getFirst()),
        "**" + format.formatted(sorted.get(sorted.size() / 2)) + "**",
        format.formatted(sorted.getLast()));
  }

  private static Config config(Path folder, String sync) {
    return ConfigFactory.parseMap(
            Map.of("parley.embedded.folder", folder.toString(), "parley.embedded.sync", sync))
        .withFallback(ConfigFactory.parseResources("benchmark.conf"))
        .withFallback(ConfigFactory.load());
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
