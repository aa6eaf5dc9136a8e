package parley;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the configuration comes from: overrides over the operator's file over Parley's own {@code
 * application.conf} over the defaults of the libraries.
 */
final class ConfigSources {

  // What stands here belongs to Akka and to Kafka, which have defaults of their own for it.
  private static final String PLUGIN_KEY =
      "parley\\.(embedded\\.(journal|snapshot-store)|kafka\\.properties)\\..*";

  private ConfigSources() {}

  /** Throws {@link StartFailure} when the file is missing, malformed or has a misspelt key. */
  static Config merged(Optional<Path> file, Map<String, ?> overrides) {
    var own =
        ConfigFactory.parseResources(Settings.class.getClassLoader(), "application.conf")
            .withFallback(ConfigFactory.defaultReferenceUnresolved());
    try {
      var operators = file.map(ConfigSources::parse).orElseGet(ConfigFactory::empty);
      var merged =
          ConfigFactory.parseMap(overrides, "options and environment")
              .withFallback(operators)
              .withFallback(own)
              .resolve();
      refuseUnknownKeys(merged, own.resolve());
      return merged;
    } catch (ConfigException e) {
      throw new StartFailure("The configuration cannot be used: " + e.getMessage(), e);
    }
  }

  private static Config parse(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new StartFailure("The configuration file %s cannot be read".formatted(file));
    }
    return ConfigFactory.parseFile(
        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** A misspelt key would otherwise silently leave the default in force. */
  private static void refuseUnknownKeys(Config merged, Config own) {
    for (var entry : merged.getConfig("parley").entrySet()) {
      var key = "parley." + entry.getKey();
      if (!own.hasPathOrNull(key) && !key.matches(PLUGIN_KEY)) {
        var place = entry.getValue().origin().description();
        throw new StartFailure("There is no setting %s (%s)".formatted(key, place));
      }
    }
  }
}
