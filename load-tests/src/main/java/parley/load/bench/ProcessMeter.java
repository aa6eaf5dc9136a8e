package parley.load.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What a process has taken so far, from Linux' /proc.
 *
 * @param name for the report
 */
record ProcessMeter(String name, long pid) {

  /** The kernel counts for user space in hundredths of a second, on every machine of today. */
  private static final long MICROS_PER_TICK = 10_000;

  // Of /proc/{pid}/stat, behind the name: state is the first.
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;
  private static final long BYTES_PER_KIB = 1024;

  /** The time of processors that it has taken, in microseconds; with all of its threads. */
  long cpuMicros() {
    return cpuMicros(read("stat"));
  }

  static long cpuMicros(String stat) {
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return MICROS_PER_TICK
        * (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]));
  }

  /** Its resident memory in bytes. */
  long residentBytes() {
    return residentBytes(read("status"));
  }

  static long residentBytes(String status) {
    return BYTES_PER_KIB * line(status, "VmRSS:");
  }

  /**
   * How often its threads have gone to sleep so far. Unlike the time of processors this does not
   * depend on what else the machine does.
   */
  long sleeps() {
    try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.mapToLong(ProcessMeter::sleeps).sum();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static long sleeps(Path thread) {
    try {
      return line(Files.readString(thread.resolve("status")), "voluntary_ctxt_switches:");
    } catch (IOException e) {
      // It has ended since it was listed.
      return 0;
    }
  }

  private static long line(String status, String name) {
    return status
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), file));
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private IllegalStateException gone(IOException cause) {
    return new IllegalStateException("Process " + pid + " (" + name + ") is gone", cause);
  }

  /** Collects its garbage, when it is Java's; done on return. */
  void collectGarbage() throws IOException, InterruptedException {
    jcmd("GC.run");
  }

  /** What is alive on its heap, in bytes, when it is Java's; garbage is collected before. */
  long liveBytes() throws IOException, InterruptedException {
    var total =
        jcmd("GC.class_histogram").lines().filter(line -> line.startsWith("Total")).toList();
    var fields = total.getLast().split("\\s+");
    return Long.parseLong(fields[fields.length - 1]);
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process =
        new ProcessBuilder(jcmd, Long.toString(pid), command).redirectErrorStream(true).start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(1, TimeUnit.MINUTES);
    return answer;
  }
}
