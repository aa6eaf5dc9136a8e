package parley.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends in the middle of its writes, and one that is in the way. */
@Timeout(120)
class CrashTest {

  private static final Pattern ROW = Pattern.compile("row (\\d+)");

  @TempDir Path temporary;

  @Test
  void what_was_acknowledged_is_there_after_a_kill() throws Exception {
    var acknowledged = new HashSet<Long>();
    long next = 1;
    for (int rowsUntilKill : new int[] {1, 700, 3000}) {
      try (var process = StoreProcess.start(temporary, next)) {
        process.awaitOpen();
        readRows(process, rowsUntilKill, acknowledged);
        process.kill();
        readRows(process, Integer.MAX_VALUE, acknowledged);
      }
      next += 1_000_000;
      assertThat(storedRows()).containsAll(acknowledged);
    }
  }

  /** Reads whole lines only: the kill may have cut the last one short. */
  private static void readRows(StoreProcess process, int rows, Set<Long> acknowledged)
      throws Exception {
    for (int read = 0; read < rows; read++) {
      var line = process.line();
      if (line == null) {
        return;
      }
      var row = ROW.matcher(line);
      if (row.matches()) {
        acknowledged.add(Long.parseLong(row.group(1)));
      }
    }
  }

  private Set<Long> storedRows() throws Exception {
    var store = new StoreFolder(temporary).open();
    var stored = new HashSet<Long>();
    store
        .read(rows -> {
          rows.ascending(
              Table.ARCHIVE,
              Keys.bytes(0),
              Keys.bytes(Long.MAX_VALUE),
              (key, value) -> stored.add(Keys.sequence(key)));
          return null;
        })
        .toCompletableFuture()
        .get(10, SECONDS);
    store.close();
    return stored;
  }

  @Test
  void a_folder_that_another_process_holds_is_refused_with_its_number() throws Exception {
    try (var process = StoreProcess.start(temporary, 1)) {
      process.awaitOpen();

      assertThatThrownBy(new StoreFolder(temporary)::open)
          .isInstanceOf(StoreException.Unavailable.class)
          .hasMessageMatching(".* is held by another process, number \\d+");
    }
    assertThat(storedRows()).isNotNull();
  }

  @Test
  void a_second_open_in_this_process_does_not_let_another_process_in() throws Exception {
    var folder = new StoreFolder(temporary);
    var store = folder.open();
    assertThatThrownBy(folder::open).hasMessageContaining("already open in this process");

    try (var process = StoreProcess.start(temporary, 1)) {
      String line;
      while ((line = process.line()) != null && !line.contains("is held by another process")) {
        assertThat(line).isNotEqualTo("open");
      }
      assertThat(line).contains("number " + ProcessHandle.current().pid());
    }
    store.close();
  }
}
