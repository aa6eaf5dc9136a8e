package parley;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the command line and the environment ask for; an option wins over the environment. */
sealed interface CommandLine {

  String USAGE =
      """
      Usage: parley [--config FILE] [--port N] [--data DIR] [--roles ROLES] [--help] [--version]
             parley schema [--config FILE] [--print]
             parley train [--config FILE]
      """;

  String HELP =
      """
      Runs one node of Parley, a chat cluster in which every user is one persistent actor.

      %s
        --config FILE   settings (HOCON); conf/local.conf (one node) and conf/cluster.conf (many,
                        with Cassandra and Kafka) describe the usual ones
        --port N        port to listen on, 0 for any free one     (PARLEY_PORT, default 8080)
        --data DIR      folder to keep everything in              (PARLEY_DATA, default ./data)
        --roles ROLES   what it does, of api, worker and user     (PARLEY_ROLES, default all three:
                        with commas between them                   api,worker,user)
        --help          shows this
        --version       shows the version

      schema makes what is missing of Cassandra's keyspace and tables, and of Kafka's topics, says
      what it did, and ends.

        --print         only shows the CQL, for whoever has the right to run it

      train runs a node for a minute, with users who talk, and keeps what Java learns by it in
      lib/parley.aot: from then on a node starts much sooner. It needs Java 25, leaves nothing
      else behind, and has to be run again when Java, or the folder that all this is in, is another
      one. With --config it runs on those services, where its users stay.

      PARLEY_HOST sets the address to listen on (default 127.0.0.1), PARLEY_JAVA_HOME the Java to
      run on, PARLEY_JAVA_OPTS more options for it. Options win over the environment, that over
      FILE, that over the defaults. Log lines go to stderr. SIGTERM ends the node in order.
      """
          .formatted(USAGE);

  record Help() implements CommandLine {}

  record Version() implements CommandLine {}

  record Start(Optional<Path> config, Map<String, String> overrides) implements CommandLine {

    public Start {
      overrides = Map.copyOf(overrides);
    }
  }

  /**
   * Cassandra's tables.
   *
   * @param print only shows the CQL
   */
  record Schema(Start settings, boolean print) implements CommandLine {}

  /** A node that only learns. */
  record Train(Start settings) implements CommandLine {}

  /** It cannot be understood. */
  record Misuse(String why) implements CommandLine {}

  /** What the arguments and the environment mean. */
  static CommandLine parse(List<String> arguments, Map<String, String> environment) {
    try {
      return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
        case "schema" -> schema(arguments.subList(1, arguments.size()), environment);
        case "train" -> train(arguments.subList(1, arguments.size()), environment);
        default -> read(arguments, environment);
      };
    } catch (IllegalArgumentException e) {
      return new Misuse(e.getMessage());
    }
  }

  private static CommandLine schema(List<String> arguments, Map<String, String> environment) {
    var rest = arguments.stream().filter(argument -> !argument.equals("--print")).toList();
    var settings = read(rest, environment);
    return settings instanceof Start start
        ? new Schema(start, rest.size() < arguments.size())
        : settings;
  }

  private static CommandLine train(List<String> arguments, Map<String, String> environment) {
    var settings = read(arguments, environment);
    return settings instanceof Start start ? new Train(start) : settings;
  }

  private static CommandLine read(List<String> arguments, Map<String, String> environment) {
    var config = Optional.<Path>empty();
    var overrides = fromEnvironment(environment);
    var rest = arguments.iterator();
    while (rest.hasNext()) {
      var parts = rest.next().split("=", 2);
      var option = parts[0];
      if (option.equals("--help") || option.equals("-h")) {
        return new Help();
      }
      if (option.equals("--version")) {
        return new Version();
      }
      if (!List.of("--config", "--port", "--data", "--roles").contains(option)) {
        throw new IllegalArgumentException("unknown option " + option);
      }
      if ((parts.length == 1 && !rest.hasNext())) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      var value = parts.length == 2 ? parts[1] : rest.next();
      switch (option) {
        case "--config" -> config = Optional.of(Path.of(folderOrFile(option, value)));
        case "--port" -> overrides.put("parley.http.port", port(option, value));
        case "--roles" -> overrides.put("parley.roles", value);
        default -> overrides.put("parley.data", folderOrFile(option, value));
      }
    }
    return new Start(config, overrides);
  }

  /** An empty variable counts as one that is not set. */
  private static Map<String, String> fromEnvironment(Map<String, String> environment) {
    var overrides = new HashMap<String, String>();
    var host = environment.getOrDefault("PARLEY_HOST", "");
    if (!host.isEmpty()) {
      overrides.put("parley.http.host", host);
    }
    var port = environment.getOrDefault("PARLEY_PORT", "");
    if (!port.isEmpty()) {
      overrides.put("parley.http.port", port("PARLEY_PORT", port));
    }
    var roles = environment.getOrDefault("PARLEY_ROLES", "");
    if (!roles.isEmpty()) {
      overrides.put("parley.roles", roles);
    }
    var data = environment.getOrDefault("PARLEY_DATA", "");
    if (!data.isEmpty()) {
      overrides.put("parley.data", folderOrFile("PARLEY_DATA", data));
    }
    return overrides;
  }

  private static String port(String name, String value) {
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw new IllegalArgumentException(name + " must be 0 to 65535, not " + value);
    }
    return value;
  }

  private static String folderOrFile(String name, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    try {
      return Path.of(value).toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(name + " is not a path: " + value);
    }
  }
}
