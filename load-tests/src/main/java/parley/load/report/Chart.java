package parley.load.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * One chart of lines over a common axis, as a part of an SVG picture.
 *
 * @param xTicks where the horizontal axis has its marks
 * @param xOf places a value on the horizontal axis, from 0 to 1
 */
record Chart(String title, List<Tick> xTicks, DoubleUnaryOperator xOf, List<Line> lines) {

  static final int WIDTH = 460;
  static final int HEIGHT = 300;

  private static final int LEFT = 60;
  private static final int TOP = 40;
  private static final int RIGHT = 20;
  private static final int BOTTOM = 40;
  private static final int ROWS = 5;
  private static final List<String> COLOURS = List.of("#1f6fb2", "#d9822b", "#3a8f5a");

  /** A mark of an axis. */
  record Tick(double at, String label) {}

  /** One line. */
  record Line(String name, List<double[]> points) {}

  /** The chart with its upper left corner at {@code x}. */
  String svg(int x) {
    double top =
        nice(
            lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(point -> point[1])
                .max()
                .orElse(1));
    var svg = new StringBuilder(format("<g transform='translate(%d,0)'>%n", x));
    svg.append(format("<text x='%d' y='20' class='title'>%s</text>%n", LEFT, title));
    for (int row = 0; row <= ROWS; row++) {
      double value = top * row / ROWS;
      svg.append(rule(y(value, top), Report.number(value)));
    }
    for (var tick : xTicks) {
      svg.append(
          format(
              "<text x='%.1f' y='%d' class='mid'>%s</text>%n",
              x(tick.at()), HEIGHT - BOTTOM + 18, tick.label()));
    }
    for (int i = 0; i < lines.size(); i++) {
      svg.append(line(lines.get(i), top, i));
    }
    return svg.append("</g>\n").toString();
  }

  private static String rule(double y, String label) {
    return format(
        "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f'/><text x='%d' y='%.1f' class='end'>%s</text>%n",
        LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4, label);
  }

  private String line(Line line, double top, int index) {
    var colour = COLOURS.get(index % COLOURS.size());
    var points = new StringBuilder();
    for (var point : line.points()) {
      points.append(format("%.1f,%.1f ", x(point[0]), y(point[1], top)));
    }
    return format(
        "<polyline points='%s' stroke='%s'/><text x='%d' y='%d' fill='%s'>%s</text>%n",
        points.toString().strip(), colour, LEFT + 8, TOP + 12 + 16 * index, colour, line.name());
  }

  private double x(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * xOf.applyAsDouble(value);
  }

  private static double y(double value, double top) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  }

  /** The next larger of 1, 2, 2.5 and 5 times a power of ten. */
  static double nice(double most) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1e-9))));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (most <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
