package parley.load.bench;

import java.io.IOException;
import java.nio.file.Path;
import parley.load.report.Figures;
import parley.load.report.Report;

/**
 * The benchmark's command line: {@code pairs|idle|offline|group|mailbox|uploads|paired|curve
 * key=value ...}.
 */
public final class Bench {

  private static final int WRONG_ARGUMENTS = 2;
  private static final int FAULTS_FOUND = 1;

  private Bench() {}

  /** Exits with 1 when messages were lost, came twice or out of order, with 2 when asked wrong. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    try {
      var options = Options.of(arguments);
      boolean sound =
          switch (options.mode()) {
            case "paired" -> Paired.run(options);
            case "curve" -> Curve.run(options);
            default -> single(options);
          };
      System.exit(sound ? 0 : FAULTS_FOUND);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_ARGUMENTS);
    }
  }

  private static boolean single(Options options) throws IOException, InterruptedException {
    var figures = run(options);
    System.out.print(Report.text(figures));
    var out = Path.of(options.text("out", "target/bench"));
    var name = options.text("name", options.mode());
    Report.write(figures, out, name);
    boolean sound = figures.faults().isEmpty();
    if (!sound) {
      Node.keepLog(options, out.resolve(name + ".node.log"));
    }
    return sound;
  }

  /** Runs what the options say, once; how fast the machine was before and after stands with it. */
  static Figures run(Options options) throws IOException, InterruptedException {
    double before = Machine.memoryNanos();
    var figures = runMode(options);
    return figures
        .with("machine ns / read of memory, before", before)
        .with("machine ns / read of memory, after", Machine.memoryNanos());
  }

  private static Figures runMode(Options options) throws IOException, InterruptedException {
    return switch (options.mode()) {
      case "pairs" -> Pairs.run(options);
      case "idle" -> Idle.run(options);
      case "offline" -> Offline.run(options);
      case "group" -> Group.run(options);
      case "mailbox" -> Mailbox.run(options);
      case "uploads" -> Uploads.run(options);
      default ->
          throw new IllegalArgumentException(
              "Not a mode: "
                  + options.mode()
                  + "; they are pairs, idle, offline, group, mailbox, uploads, paired, curve");
    };
  }
}
