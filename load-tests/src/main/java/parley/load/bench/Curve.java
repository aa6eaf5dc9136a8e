package parley.load.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parley.load.report.Figures;
import parley.load.report.Growth;
import parley.load.report.Report;

/**
 * How cost grows: {@code mode} once for each of some numbers {@code at=} of the option {@code
 * over=}. Or, with {@code of=}, of runs that have been: those whose name is that and the number.
 */
final class Curve {

  private Curve() {}

  /** Whether nothing was wrong in any run. */
  static boolean run(Options options) throws IOException, InterruptedException {
    var over = options.text("over", "users");
    var folder = Path.of(options.text("out", "target/bench"));
    var name = options.text("name", "curve");
    var points = new ArrayList<Growth.Point>();
    for (var number : Arrays.asList(options.text("at", "100,1000").split(","))) {
      var kept = options.optional("of").map(it -> it + number);
      var figures =
          kept.isPresent()
              ? Report.read(folder, kept.get())
              : measured(
                  options.with(options.text("mode", "pairs"), over, number),
                  folder,
                  name + "-" + number);
      System.out.print(Report.text(figures));
      points.add(new Growth.Point(Double.parseDouble(number), figures));
    }
    var growth = new Growth(over, points);
    Report.write(growth, shown(growth), folder, name);
    return points.stream().allMatch(point -> point.figures().faults().isEmpty());
  }

  private static Figures measured(Options options, Path folder, String name)
      throws IOException, InterruptedException {
    var figures = Bench.run(options);
    Report.write(figures, folder, name);
    return figures;
  }

  /** How many there were in a second, and what each took. */
  private static List<String> shown(Growth growth) {
    return growth.points().getFirst().figures().numbers().keySet().stream()
        .filter(name -> name.endsWith("/s") || name.contains("CPU-us") || name.endsWith(", ms"))
        .toList();
  }
}
