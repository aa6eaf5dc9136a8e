package parley;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One block of the configuration. Each value is checked as it is read; what is wrong ends the start
 * with a {@link StartFailure} that names the key and where it stands.
 */
record ConfigBlock(Config config, String path) {

  ConfigBlock block(String key) {
    return new ConfigBlock(config, path + "." + key);
  }

  String text(String key) {
    return read(key, config::getString);
  }

  boolean flag(String key) {
    return read(key, config::getBoolean);
  }

  /** A whole number, or a size in bytes, of the range. */
  int number(String key, int min, int max) {
    return inRange(key, read(key, config::getInt), min, max);
  }

  /** A size, in bytes, of the range. */
  int sizeBytes(String key, int min, int max) {
    long size = read(key, config::getBytes);
    return inRange(key, Math.clamp(size, -1, Integer.MAX_VALUE), min, max);
  }

  /** A size, in bytes, that need not fit into an int. */
  long longSizeBytes(String key, long min) {
    long size = read(key, config::getBytes);
    if (size < min) {
      throw malformed(key, "must be at least %d bytes, not %d".formatted(min, size));
    }
    return size;
  }

  private int inRange(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw malformed(key, "must be %d to %d, not %d".formatted(min, max, value));
    }
    return value;
  }

  /** A duration of at least one millisecond. */
  Duration duration(String key) {
    var value = read(key, config::getDuration);
    if (value.toMillis() < 1) {
      throw malformed(key, "must be at least 1ms");
    }
    return value;
  }

  /** The same, of at most that. */
  Duration duration(String key, Duration max) {
    var value = duration(key);
    if (value.compareTo(max) > 0) {
      throw malformed(key, "must be at most " + max.toSeconds() + "s");
    }
    return value;
  }

  /** A duration of at most that; it may be zero. */
  Duration delay(String key, Duration max) {
    var value = read(key, config::getDuration);
    if (value.isNegative() || value.compareTo(max) > 0) {
      throw malformed(key, "must be 0 to " + max.toSeconds() + "s");
    }
    return value;
  }

  /** A value of a form of its own: {@code parse} throws IllegalArgumentException for another. */
  <T> T parsed(String key, Function<String, T> parse) {
    try {
      return parse.apply(text(key));
    } catch (IllegalArgumentException e) {
      throw malformed(key, "is malformed: " + e.getMessage());
    }
  }

  /** A list of values of a form of their own; see {@link #words}. */
  <T> List<T> parsedList(String key, Function<String, T> parse) {
    try {
      return words(key).stream().map(parse).toList();
    } catch (IllegalArgumentException e) {
      throw malformed(key, "is malformed: " + e.getMessage());
    }
  }

  /** One of the constants, by its name in lower case with dashes. */
  <E extends Enum<E>> E choice(String key, Class<E> kind) {
    return parsed(key, name -> constant(name, kind));
  }

  /** Some of the constants: a list of names, or a text with commas between them. */
  <E extends Enum<E>> Set<E> choices(String key, Class<E> kind) {
    try {
      var chosen = words(key).stream().map(name -> constant(name, kind)).toList();
      return Set.copyOf(chosen);
    } catch (IllegalArgumentException e) {
      throw malformed(key, "is malformed: " + e.getMessage());
    }
  }

  private static <E extends Enum<E>> E constant(String name, Class<E> kind) {
    var constants = List.of(kind.getEnumConstants());
    return constants.stream()
        .filter(constant -> label(constant).equals(name))
        .findAny()
        .orElseThrow(() -> {
          var all = String.join(", ", constants.stream().map(ConfigBlock::label).toList());
          return new IllegalArgumentException("\"%s\" is none of %s".formatted(name, all));
        });
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A list of texts; also one text with commas between them, as an environment has it. */
  List<String> words(String key) {
    var value = read(key, config::getValue);
    if (value.valueType() == ConfigValueType.LIST) {
      return read(key, config::getStringList);
    }
    return Stream.of(text(key).split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList();
  }

  /** A text that may be left empty. */
  Optional<String> maybe(String key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  /** A block of keys that are not Parley's own, dots and all, with their values as text. */
  Map<String, String> texts(String key) {
    var texts = new HashMap<String, String>();
    for (var entry : read(key, config::getConfig).entrySet()) {
      var name = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      texts.put(name, entry.getValue().unwrapped().toString());
    }
    return texts;
  }

  private <T> T read(String key, Function<String, T> getter) {
    try {
      return getter.apply(path + "." + key);
    } catch (ConfigException e) {
      throw new StartFailure("The configuration cannot be used: " + e.getMessage(), e);
    }
  }

  /** The failure that says what is wrong with that value, and where it stands. */
  StartFailure malformed(String key, String why) {
    var name = path + "." + key;
    var place = config.getValue(name).origin().description();
    return new StartFailure("%s %s (%s)".formatted(name, why, place));
  }
}
