package parley.embedded;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A folder with a store in it, as tests use them. */
public record StoreFolder(Path path) {

  /** The configuration of a node without a cluster whose data is here. */
  public Config config() {
    return ConfigFactory.parseMap(
            Map.of(
                "parley.embedded.folder",
                path.toString(),
                "akka.persistence.journal.plugin",
                "parley.embedded.journal",
                "akka.persistence.snapshot-store.plugin",
                "parley.embedded.snapshot-store",
                "akka.stdout-loglevel",
                "off",
                "akka.loglevel",
                "warning"))
        .withFallback(ConfigFactory.load());
  }

  public EmbeddedSettings settings() {
    return EmbeddedSettings.of(config());
  }

  /** Opens the store; its stages complete on the store's own threads. */
  public EmbeddedStore open() {
    return EmbeddedStore.open(settings(), Runnable::run);
  }

  /** What a crash of the process at this moment would leave. */
  StoreFolder copyTo(Path target) throws IOException {
    Files.createDirectories(target);
    try (var files = Files.list(path)) {
      for (var file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return new StoreFolder(target);
  }

  /** The longest file whose name ends so. */
  Path longest(String suffix) throws IOException {
    try (var files = Files.list(path)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
          .orElseThrow();
    }
  }
}
