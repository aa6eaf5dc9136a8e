package parley.load.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import parley.load.report.Figures;

/** The time in which a run is measured: what was counted, and what the processes took for it. */
final class Window {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MB = 1e6;

  private final List<ProcessMeter> processes;
  private final LongSupplier count;
  private final List<Figures.Second> seconds = new ArrayList<>();
  private final Reading begin;
  private Reading end;

  private record Reading(long nanos, long count, List<Long> cpuMicros, List<Long> sleeps) {}

  /** The window opens now. */
  Window(List<ProcessMeter> processes, LongSupplier count) {
    this.processes = processes;
    this.count = count;
    this.begin = read();
    this.end = begin;
  }

  private Reading read() {
    return new Reading(
        System.nanoTime(),
        count.getAsLong(),
        processes.stream().map(ProcessMeter::cpuMicros).toList(),
        processes.stream().map(ProcessMeter::sleeps).toList());
  }

  /** Keeps it open for that long. */
  void last(Duration duration) throws InterruptedException {
    for (long second = 0; second < duration.toSeconds(); second++) {
      Thread.sleep(1000);
      look();
    }
  }

  /** Notes what happened since the last look. */
  void look() {
    var before = end;
    end = read();
    double messages = end.count - before.count;
    double cpu = sum(end.cpuMicros) - sum(before.cpuMicros);
    seconds.add(
        new Figures.Second(
            (int) Math.round((end.nanos - begin.nanos) / NANOS_PER_SECOND),
            messages * NANOS_PER_SECOND / (end.nanos - before.nanos),
            messages == 0 ? 0 : cpu / messages));
  }

  private static long sum(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).sum();
  }

  List<Figures.Second> seconds() {
    return seconds;
  }

  /**
   * Adds what was found: processes of one name together.
   *
   * @param what was counted, in the plural
   */
  void addTo(Map<String, Double> numbers, String what) {
    double counted = end.count - begin.count;
    numbers.put(what + "/s", counted * NANOS_PER_SECOND / (end.nanos - begin.nanos));
    for (int i = 0; i < processes.size(); i++) {
      double cpu = end.cpuMicros.get(i) - begin.cpuMicros.get(i);
      double sleeps = end.sleeps.get(i) - begin.sleeps.get(i);
      var name = processes.get(i).name();
      numbers.merge(name + " CPU-us / " + what, cpu / counted, Double::sum);
      numbers.merge(name + " threads sleeping / " + what, sleeps / counted, Double::sum);
    }
  }

  /** Adds how busy the processes were. */
  void addBusyTo(Map<String, Double> numbers) {
    for (int i = 0; i < processes.size(); i++) {
      double cpu = end.cpuMicros.get(i) - begin.cpuMicros.get(i);
      numbers.merge(
          processes.get(i).name() + " processors busy",
          cpu * 1000 / (end.nanos - begin.nanos),
          Double::sum);
    }
  }

  static void addMemory(Map<String, Double> numbers, List<ProcessMeter> processes, String when) {
    for (var process : processes) {
      numbers.merge(
          process.name() + " resident MB " + when,
          process.residentBytes() / BYTES_PER_MB,
          Double::sum);
    }
  }
}
