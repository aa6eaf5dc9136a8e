package parley.embedded;

import com.typesafe.config.Config;
import java.nio.file.Path;

/**
 * The settings of the embedded store: {@code parley.embedded} in application.conf, which explains
 * each of them.
 *
 * @param sync whether a write is on the disk, not only with the operating system, when it completes
 */
public record EmbeddedSettings(
    Path folder, boolean sync, Writing writing, Reading reading, Memory memory) {

  /**
   * How much may wait to be written, and how much of it is written at once.
   *
   * @param logBytesMax the most that is read back at a start
   */
  public record Writing(long queueBytesMax, long groupBytesMax, long logBytesMax) {}

  /**
   * How many read at once, how many may wait for that, and how much is verified at a start.
   *
   * @param verifyBytesMax 0 verifies nothing
   */
  public record Reading(int threads, int queueMax, long verifyBytesMax) {}

  /** The memory that RocksDB takes beside the heap. */
  public record Memory(long cacheBytes, long writeBufferBytes) {}

  /** Reads them from the root of a configuration. */
  public static EmbeddedSettings of(Config root) {
    var c = root.getConfig("parley.embedded");
    return new EmbeddedSettings(
        Path.of(c.getString("folder")),
        c.getBoolean("sync"),
        new Writing(
            c.getBytes("write-queue-size"), c.getBytes("write-group-size"), c.getBytes("log-size")),
        new Reading(
            c.getInt("read-threads"), c.getInt("read-queue-length"), c.getBytes("verify-size")),
        new Memory(c.getBytes("cache-size"), c.getBytes("write-buffer-size")));
  }
}
