package parley.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The picture of a run: how long messages took, and how many there were in each second. */
final class Picture {

  private static final double PERCENTILE_MOST = 99.99;
  private static final List<Double> PERCENTILES = List.of(0.0, 90.0, 99.0, 99.9, 99.99);
  private static final int SECOND_TICKS = 6;

  private static final String STYLE =
      """
      <style>text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.mid{text-anchor:middle}
      .end{text-anchor:end}line{stroke:#ddd}polyline{fill:none;stroke-width:1.6}</style>
      """;

  private Picture() {}

  static String of(Figures figures) {
    var charts = new ArrayList<Chart>();
    if (!figures.latencies().isEmpty()) {
      charts.add(latencies(figures.latencies()));
    }
    if (!figures.seconds().isEmpty()) {
      charts.add(messages(figures.seconds()));
      charts.add(processors(figures.seconds()));
    }
    var svg = new StringBuilder(head(charts.size()));
    for (int i = 0; i < charts.size(); i++) {
      svg.append(charts.get(i).svg(i * Chart.WIDTH));
    }
    return svg.append(foot(figures)).toString();
  }

  /** How a picture of so many charts begins. */
  static String head(int charts) {
    return "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d'>%n%s"
            .formatted(Math.max(1, charts) * Chart.WIDTH, Chart.HEIGHT + 20, STYLE)
        + "<rect width='100%' height='100%' fill='#fff'/>\n";
  }

  /** How a picture ends: with what was run. */
  static String foot(Figures figures) {
    return "<text x='60' y='%d'>%s</text>%n</svg>%n".formatted(Chart.HEIGHT + 12, escape(figures));
  }

  private static String escape(Figures figures) {
    return (figures.run() + ", " + figures.at()).replace("&", "&amp;").replace("<", "&lt;");
  }

  private static Chart latencies(List<Figures.Curve> curves) {
    var lines =
        curves.stream()
            .map(curve ->
                new Chart.Line(
                    curve.name(),
                    curve.points().stream()
                        .filter(point -> point.percentile() <= PERCENTILE_MOST)
                        .map(point -> new double[] {point.percentile(), point.millis()})
                        .toList()))
            .toList();
    var ticks = PERCENTILES.stream().map(it -> new Chart.Tick(it, "p" + label(it))).toList();
    return new Chart("milliseconds by percentile", ticks, Picture::nines, lines);
  }

  private static String label(double percentile) {
    return percentile == Math.rint(percentile)
        ? Integer.toString((int) percentile)
        : Double.toString(percentile);
  }

  /** Each further nine has the same room. */
  private static double nines(double percentile) {
    return Math.log10(100 / (100 - percentile)) / Math.log10(100 / (100 - PERCENTILE_MOST));
  }

  private static Chart messages(List<Figures.Second> seconds) {
    var points = seconds.stream().map(it -> new double[] {it.second(), it.messages()}).toList();
    return overTime("messages a second", seconds, points);
  }

  private static Chart processors(List<Figures.Second> seconds) {
    var points = seconds.stream().map(it -> new double[] {it.second(), it.cpuMicros()}).toList();
    return overTime("CPU-microseconds a message", seconds, points);
  }

  private static Chart overTime(String title, List<Figures.Second> seconds, List<double[]> points) {
    double last = Math.max(1, seconds.getLast().second());
    int step = Math.max(1, (int) Math.ceil(last / SECOND_TICKS));
    var ticks =
        IntStream.iterate(0, at -> at <= last, at -> at + step)
            .mapToObj(at -> new Chart.Tick(at, at + " s"))
            .toList();
    return new Chart(title, ticks, at -> at / last, List.of(new Chart.Line(title, points)));
  }
}
