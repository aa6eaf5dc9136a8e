package parley.load.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shows what was found, and keeps it. */
public final class Report {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Report() {}

  /** The lines that are shown. */
  public static String text(Figures figures) {
    var text = new StringBuilder("%n%s%n".formatted(figures.run()));
    figures
        .numbers()
        .forEach((name, value) -> text.append("  %-40s %s%n".formatted(name, number(value))));
    if (figures.faults().isEmpty()) {
      text.append("  nothing lost, nothing twice, everything in order%n".formatted());
    }
    figures.faults().forEach(fault -> text.append("  FAULT: %s%n".formatted(fault)));
    return text.toString();
  }

  /** A number with as many digits as mean something. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 100) {
      return "%,.0f".formatted(value);
    }
    return (size >= 10 ? "%.1f" : "%.2f").formatted(value);
  }

  /** Writes {@code name.json} and {@code name.svg} into the folder. */
  public static void write(Figures figures, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(figures));
    Files.writeString(folder.resolve(name + ".svg"), Picture.of(figures));
  }

  /** What a run has written as {@code name.json}. */
  public static Figures read(Path folder, String name) throws IOException {
    return JSON.readValue(folder.resolve(name + ".json").toFile(), Figures.class);
  }

  /**
   * Writes the picture of those numbers, {@code name.svg}, and the table of all, {@code name.md}.
   */
  public static void write(Growth growth, List<String> numbers, Path folder, String name)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".svg"), growth.svg(numbers));
    Files.writeString(folder.resolve(name + ".md"), growth.table());
  }

  /** Least, median and most of several runs, for a cell of a Markdown table. */
  public static String spread(List<Double> values) {
    var sorted = values.stream().sorted().toList();
    return "%s - **%s** - %s"
        .formatted(
            number(sorted.getFirst()),
            number(sorted.get(sorted.size() / 2)),
            number(sorted.getLast()));
  }
}
