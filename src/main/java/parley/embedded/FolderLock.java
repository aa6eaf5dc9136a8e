package parley.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds a folder for this process, from {@link #acquire} to {@link #close}.
 *
 * <p>{@code parley.lock} in the folder carries the operating system's lock, which ends with the
 * process however it ends, and the number of that process as text.
 */
final class FolderLock implements AutoCloseable {

  // Closing any channel of a file gives up the locks that the process has on it, so a second
  // attempt within this process must not come as far as the file.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Creates the folder if need be and locks it. Fails with {@link StoreException.Unavailable} when
   * it cannot be written, or somebody has it.
   */
  static FolderLock acquire(Path wanted) {
    var folder = create(wanted);
    if (!HELD_HERE.add(folder)) {
      throw new StoreException.Unavailable(
          "The data folder " + folder + " is already open in this process");
    }
    try {
      return lock(folder);
    } catch (RuntimeException e) {
      HELD_HERE.remove(folder);
      throw e;
    }
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw new StoreException.Unavailable(
          "The data folder " + folder.toAbsolutePath() + " cannot be created: " + reason(e), e);
    }
  }

  private static FolderLock lock(Path folder) {
    var file = folder.resolve("parley.lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        var holder = new String(channelBytes(channel), StandardCharsets.UTF_8).strip();
        channel.close();
        throw new StoreException.Unavailable(
            "The data folder " + folder + " is held by another process, number " + holder);
      }
      channel.truncate(0);
      channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
      return new FolderLock(folder, channel);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new StoreException.Unavailable(
          "The data folder " + folder + " cannot be written: " + reason(e), e);
    }
  }

  private static byte[] channelBytes(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static void closeQuietly(FileChannel channel, IOException first) {
    if (channel == null) {
      return;
    }
    try {
      channel.close();
    } catch (IOException second) {
      first.addSuppressed(second);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  /** Lets the folder go. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException.Unavailable("The lock of " + folder + " was not let go", e);
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
