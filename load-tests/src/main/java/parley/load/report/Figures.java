package parley.load.report;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run has found.
 *
 * @param run the mode and its options, as they were given
 * @param numbers by name and unit, in the order in which they are shown
 * @param latencies what {@code numbers} has of them, in full
 * @param seconds what happened in each second
 * @param faults what was wrong; the numbers mean nothing then
 */
public record Figures(
    String run,
    Instant at,
    Map<String, Double> numbers,
    List<Curve> latencies,
    List<Second> seconds,
    List<String> faults) {

  /** The same with one number more, behind the others. */
  public Figures with(String name, double number) {
    var more = new LinkedHashMap<>(numbers);
    more.put(name, number);
    return new Figures(run, at, more, latencies, seconds, faults);
  }

  /** A latency: the most that each part of all had to wait. */
  public record Curve(String name, List<Point> points) {}

  /**
   * @param percentile below 100
   */
  public record Point(double percentile, double millis) {}

  /**
   * @param messages how many arrived in it
   * @param cpuMicros what each of them took of the processors
   */
  public record Second(int second, double messages, double cpuMicros) {}
}
