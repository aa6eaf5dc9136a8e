package parley.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A folder with device.mjs and the packages that its lock file names, made once. */
final class NodeModules {

  private static final Path SOURCE = Path.of("src/test/node/mls-device");
  private static final Path FOLDER = Path.of("target/mls-device");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "device.mjs");
  private static final int INSTALL_SECONDS_MAX = 120;

  private NodeModules() {}

  /** The folder. Without Node the test is skipped; with CI=true, where it must be, it fails. */
  static synchronized Path folder() {
    try {
      boolean isFresh =
          Files.exists(FOLDER.resolve("node_modules"))
              && Files.mismatch(
                      SOURCE.resolve("package-lock.json"), FOLDER.resolve("package-lock.json"))
                  == -1;
      Files.createDirectories(FOLDER);
      for (var file : FILES) {
        Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      if (!isFresh) {
        install();
      }
      return FOLDER;
    } catch (IOException e) {
      throw missing("Node 20 or later with npm is needed to test with ts-mls: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void install() throws IOException, InterruptedException {
    var npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("npm.log").toFile())
            .start();
    if (!npm.waitFor(INSTALL_SECONDS_MAX, TimeUnit.SECONDS) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new UncheckedIOException(
          new IOException("npm ci has failed:\n" + Files.readString(FOLDER.resolve("npm.log"))));
    }
  }

  private static RuntimeException missing(String line) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(line);
    }
    return new TestAbortedException(line);
  }
}
