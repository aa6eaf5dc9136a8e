package parley.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import parley.load.report.Figures;

/** How long something took, each time. One thread at a time. */
final class Latencies {

  /** Longer ones count as this. */
  private static final long NANOS_MOST = TimeUnit.MINUTES.toNanos(2);

  private static final int DIGITS = 3;
  private static final int POINTS_PER_HALF = 5;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<Double> SHOWN = List.of(50.0, 90.0, 99.0, 99.9);

  private final String name;
  private final Histogram histogram = new Histogram(NANOS_MOST, DIGITS);

  Latencies(String name) {
    this.name = name;
  }

  void record(long nanos) {
    histogram.recordValue(Math.clamp(nanos, 0, NANOS_MOST));
  }

  void addTo(Map<String, Double> numbers) {
    for (double percentile : SHOWN) {
      var label = percentile == 99.9 ? "99.9" : Integer.toString((int) percentile);
      numbers.put(name + " p" + label + " ms", millis(histogram.getValueAtPercentile(percentile)));
    }
    numbers.put(name + " max ms", millis(histogram.getMaxValue()));
  }

  Figures.Curve curve() {
    var points = new ArrayList<Figures.Point>();
    histogram
        .percentiles(POINTS_PER_HALF)
        .forEach(each -> {
          if (each.getPercentileLevelIteratedTo() < 100) {
            points.add(
                new Figures.Point(
                    each.getPercentileLevelIteratedTo(), millis(each.getValueIteratedTo())));
          }
        });
    return new Figures.Curve(name, points);
  }

  private static double millis(long nanos) {
    return nanos / NANOS_PER_MILLI;
  }
}
