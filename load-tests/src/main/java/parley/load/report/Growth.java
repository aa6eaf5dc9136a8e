package parley.load.report;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * How figures grow with something: the picture of several runs that differ in one number.
 *
 * @param over what they differ in
 * @param points in ascending order
 */
public record Growth(String over, List<Point> points) {

  /** What one run has found at that number. */
  public record Point(double at, Figures figures) {}

  /** In ascending order. */
  public Growth {
    points = points.stream().sorted(Comparator.comparingDouble(Point::at)).toList();
  }

  /** One chart for each of these numbers of all runs, over a logarithmic axis. */
  String svg(List<String> names) {
    var svg = new StringBuilder(Picture.head(names.size()));
    for (int i = 0; i < names.size(); i++) {
      svg.append(chart(names.get(i)).svg(i * Chart.WIDTH));
    }
    return svg.append(Picture.foot(points.getFirst().figures())).toString();
  }

  private Chart chart(String name) {
    var line = new Chart.Line(name, values(point -> point.figures().numbers().get(name)));
    var ticks =
        points.stream()
            .map(point -> new Chart.Tick(point.at(), Report.number(point.at())))
            .toList();
    return new Chart(name + " by " + over, ticks, logarithmic(), List.of(line));
  }

  private List<double[]> values(ToDoubleFunction<Point> value) {
    return points.stream()
        .map(point -> new double[] {point.at(), value.applyAsDouble(point)})
        .toList();
  }

  private DoubleUnaryOperator logarithmic() {
    double least = Math.log(points.getFirst().at());
    double range = Math.max(1e-9, Math.log(points.getLast().at()) - least);
    return at -> (Math.log(at) - least) / range;
  }

  /** A Markdown table of all numbers. */
  String table() {
    var text = new StringBuilder("| " + over + " |");
    points.forEach(point -> text.append(" %s |".formatted(Report.number(point.at()))));
    text.append("\n|---".concat("|---".repeat(points.size()))).append("|\n");
    for (var name : points.getFirst().figures().numbers().keySet()) {
      text.append("| " + name + " |");
      points.forEach(point ->
          text.append(" %s |".formatted(Report.number(point.figures().numbers().get(name)))));
      text.append("\n");
    }
    return text.toString();
  }
}
