package parley.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where this node puts what is on its way: files without a name that anybody else knows. What a
 * crash left in it is removed at the start.
 */
public final class Spool {

  private final Path folder;

  /** The spool in a folder of its own, emptied. Throws {@link UncheckedIOException}. */
  public Spool(Path folder) {
    this.folder = folder;
    remove(folder);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A new file, empty. */
  Path newFile() throws IOException {
    return Files.createTempFile(folder, "", "");
  }

  /** A new folder, empty. */
  Path newFolder() throws IOException {
    return Files.createTempDirectory(folder, "");
  }

  /** Removes a file, or a folder and all in it. */
  static void remove(Path path) {
    try (var all = Files.walk(path)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // There is nothing to remove.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
