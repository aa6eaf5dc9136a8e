package parley;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parley.cluster.Role;

/**
 * Runs one node as a process: a thin shell around {@link Parley}. stdout gets one line, when the
 * node is ready. Exit codes: 0 after an orderly end, 1 when it cannot start, 2 for a wrong option.
 */
public final class Main {

  private static final int CANNOT_START = 1;
  private static final int MISUSED = 2;

  private Main() {}

  public static void main(String[] arguments) {
    switch (CommandLine.parse(List.of(arguments), System.getenv())) {
      case CommandLine.Help() -> System.out.print(CommandLine.HELP);
      case CommandLine.Version() -> System.out.println("parley " + version());
      case CommandLine.Start start -> orExit(() -> start(start));
      case CommandLine.Schema(var settings, boolean print) ->
          orExit(() -> SchemaStep.run(load(settings), print, System.out));
      case CommandLine.Train(var settings) -> orExit(() -> Training.run(settings, System.out));
      case CommandLine.Misuse(String why) -> {
        System.err.println("parley: " + why);
        System.err.print(CommandLine.USAGE);
        System.exit(MISUSED);
      }
    }
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("(not from a jar)");
  }

  private static void start(CommandLine.Start start) {
    var settings = load(start);
    var parley = Parley.begin(settings);
    Exit.together(parley, settings.stopTimeout());
    parley.awaitReady();
    System.out.println(ready(parley.address(), settings));
  }

  private static Settings load(CommandLine.Start start) {
    return Settings.load(start.config().or(Main::defaultConfig), start.overrides());
  }

  private static void orExit(Runnable step) {
    try {
      step.run();
    } catch (StartFailure e) {
      System.err.println("parley: " + e.getMessage());
      System.exit(CANNOT_START);
    } catch (RuntimeException | Error e) {
      // A bug, or a library that cannot be loaded; without an exit the threads that have started
      // would keep a dead node alive.
      e.printStackTrace();
      System.exit(CANNOT_START);
    }
  }

  /** {@code bin/parley} names the one beside it. */
  private static Optional<Path> defaultConfig() {
    return Optional.ofNullable(System.getProperty("parley.config")).map(Path::of);
  }

  static String ready(InetSocketAddress address, Settings settings) {
    var host = address.getHostString();
    var inUrl = host.contains(":") ? "[" + host + "]" : host;
    return "Parley is ready at http://%s:%d (%s)"
        .formatted(inUrl, address.getPort(), keeping(settings));
  }

  private static String keeping(Settings settings) {
    var roles = settings.cluster().roles().stream().sorted().map(Role::label).toList();
    return switch (settings.store()) {
      case EMBEDDED -> "data in " + settings.data();
      case CASSANDRA -> "data in Cassandra, roles " + String.join(", ", roles);
    };
  }
}
