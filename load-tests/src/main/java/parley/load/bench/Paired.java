package parley.load.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.load.report.Figures;
import parley.load.report.Report;

/**
 * Two sides in turn, a, b, a, b ..., so that what else goes on at the machine meets both. Keys that
 * begin with {@code a.} or {@code b.} are of one side alone.
 */
final class Paired {

  private Paired() {}

  /** Whether nothing was wrong in any run. */
  static boolean run(Options options) throws IOException, InterruptedException {
    var mode = options.text("mode", "pairs");
    var found = new LinkedHashMap<String, List<Figures>>();
    for (int run = 1; run <= options.number("runs", 5); run++) {
      for (var side : Options.SIDES) {
        var own = options.side(side, mode);
        var figures = Bench.run(own);
        found.computeIfAbsent(side, it -> new ArrayList<>()).add(figures);
        System.out.print(side + " " + run + ":" + Report.text(figures));
        var name = options.text("name", "paired") + "-" + side + "-" + run;
        Report.write(figures, Path.of(options.text("out", "target/bench")), name);
      }
    }
    System.out.print(table(found));
    return found.values().stream()
        .flatMap(List::stream)
        .allMatch(figures -> figures.faults().isEmpty());
  }

  /** Least, median and most of each number, side by side, as Markdown. */
  static String table(Map<String, List<Figures>> found) {
    var first = found.values().iterator().next().getFirst();
    var head = found.keySet().stream().collect(Collectors.joining(" | ", "| | ", " |\n"));
    var rule = "|---".repeat(1 + found.size()) + "|\n";
    return first.numbers().keySet().stream()
        .map(name -> "| " + name + " | " + row(name, found) + " |\n")
        .collect(Collectors.joining("", "\n" + head + rule, ""));
  }

  private static String row(String name, Map<String, List<Figures>> found) {
    return found.values().stream()
        .map(runs -> Report.spread(runs.stream().map(it -> it.numbers().get(name)).toList()))
        .collect(Collectors.joining(" | "));
  }
}
