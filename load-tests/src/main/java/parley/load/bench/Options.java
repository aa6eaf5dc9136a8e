package parley.load.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run was asked to be: {@code mode key=value ...}; README.md explains every key. */
record Options(String mode, Map<String, String> given) {

  private static final Set<String> KEYS =
      Set.of(
          "users",
          "outstanding",
          "senders",
          "entries",
          "rate",
          "bytes",
          "warm-up",
          "seconds",
          "ack",
          "sockets",
          "messages",
          "kill",
          "heap",
          "parley",
          "config",
          "jvm",
          "data",
          "url",
          "processes",
          "out",
          "name",
          "runs",
          "run",
          "mode",
          "over",
          "at",
          "of");

  /** The sides of a paired run, as prefixes of keys: {@code a.config=...}. */
  static final List<String> SIDES = List.of("a", "b");

  Options {
    given = Map.copyOf(given);
  }

  /** Throws {@link IllegalArgumentException} that says which argument is wrong. */
  static Options of(String[] arguments) {
    if (arguments.length == 0) {
      throw new IllegalArgumentException(
          "Say what to run: pairs, idle, offline, group, mailbox, uploads, paired or curve, then"
              + " key=value ...");
    }
    var given = new HashMap<String, String>();
    for (var argument : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      var parts = argument.split("=", 2);
      if (parts.length != 2 || !KEYS.contains(parts[0].replaceFirst("^[ab]\\.", ""))) {
        throw new IllegalArgumentException(
            "Not an option: "
                + argument
                + "; they are "
                + KEYS.stream().sorted().map(key -> key + "=").collect(Collectors.joining(" ")));
      }
      given.put(parts[0], parts[1]);
    }
    return new Options(arguments[0], given);
  }

  /** The options of one side of a paired run: its own keys win over those of both. */
  Options side(String side, String mode) {
    var own = new HashMap<String, String>();
    given.forEach((key, value) -> {
      if (!key.contains(".")) {
        own.put(key, value);
      }
    });
    given.forEach((key, value) -> {
      if (key.startsWith(side + ".")) {
        own.put(key.substring(side.length() + 1), value);
      }
    });
    return new Options(mode, own);
  }

  /** The same in another mode, with one option more. */
  Options with(String otherMode, String key, String value) {
    var more = new HashMap<>(given);
    more.put(key, value);
    return new Options(otherMode, more);
  }

  String text(String key, String otherwise) {
    return given.getOrDefault(key, otherwise);
  }

  Optional<String> optional(String key) {
    return Optional.ofNullable(given.get(key)).filter(value -> !value.isEmpty());
  }

  int number(String key, int otherwise) {
    try {
      return Integer.parseInt(text(key, Integer.toString(otherwise)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + "= takes a whole number, not " + given.get(key), e);
    }
  }

  Duration seconds(String key, int otherwise) {
    return Duration.ofSeconds(number(key, otherwise));
  }

  /** What was given, for the record. */
  @Override
  public String toString() {
    return given.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" ", mode + " ", ""))
        .strip();
  }
}
