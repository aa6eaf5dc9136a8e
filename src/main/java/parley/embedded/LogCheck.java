package parley.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the write-ahead logs before RocksDB does.
 *
 * <p>A write that a crash cut off leaves bytes at the end of the last log that are no record, be
 * they too few, zeros or garbage. It was never acknowledged, so it is cut away. Anything else that
 * is no record was acknowledged once: the start is refused, and the place named.
 *
 * <p>Why not leave it to RocksDB: of its recovery modes the default drops everything after a
 * flipped bit without a word, and the stricter ones refuse zeros or garbage at the end too, and
 * name no place (tried with 11.8.1). After this check the strictest mode opens what is left.
 *
 * <p>Its limit: damage within the very last record cannot be told from a write that was cut off.
 */
final class LogCheck {

  private static final Logger log = LoggerFactory.getLogger(LogCheck.class);

  private LogCheck() {}

  /** Cuts off a torn end. Fails with {@link StoreException.Damaged} when there is damage. */
  static void run(Path folder) {
    try {
      var logs = logs(folder);
      for (var file : logs) {
        check(file, file.equals(logs.getLast()));
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable(
          "The logs in the data folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+\\.log"))
          .filter(file -> file.toFile().length() > 0)
          .sorted(Comparator.comparingLong(LogCheck::number))
          .toList();
    }
  }

  private static long number(Path log) {
    return Long.parseLong(log.getFileName().toString().replace(".log", ""));
  }

  private static void check(Path file, boolean last) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      var records = new LogFile(content);
      int intact = records.intactBytes();
      if (intact == channel.size()) {
        return;
      }
      var next = records.nextRecord(intact);
      if (!last || next.isPresent()) {
        throw new StoreException.Damaged(
            "The log %s is damaged at byte %d of %d: restore the data folder from a copy"
                .formatted(file, intact, channel.size()));
      }
      log.warn(
          "Cut off an unfinished write, file={} at={} bytes={}",
          file,
          intact,
          channel.size() - intact);
      channel.truncate(intact);
      channel.force(true);
    }
  }
}
