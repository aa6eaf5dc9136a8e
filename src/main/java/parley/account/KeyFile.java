package parley.account;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import parley.StartFailure;

/** A secret that a node makes for itself once, and keeps: one line of text, for its owner alone. */
public final class KeyFile {

  private static final int SIZE_BYTES_MAX = 4096;

  private KeyFile() {}

  /**
   * The text in the file; without a file it is made, and written first. A crash leaves either no
   * file or a whole one. Throws {@link StartFailure} when it cannot be read or written.
   */
  public static String text(Path file, Supplier<String> make) {
    try {
      return Files.exists(file) ? read(file) : create(file, make.get());
    } catch (IOException e) {
      throw new StartFailure("The key %s cannot be read or made: %s".formatted(file, e), e);
    }
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > SIZE_BYTES_MAX) {
      throw new StartFailure("%s is not a key: it is far too long".formatted(file));
    }
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
  }

  private static String create(Path file, String text) throws IOException {
    var folder = Files.createDirectories(file.toAbsolutePath().getParent());
    var whole =
        Files.createTempFile(folder, file.getFileName().toString(), ".new", forOwnerOnly(folder));
    try {
      try (var channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
    return text;
  }

  private static FileAttribute<?>[] forOwnerOnly(Path folder) throws IOException {
    if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      return new FileAttribute<?>[0];
    }
    var mode = PosixFilePermissions.fromString("rw-------");
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)};
  }
}
