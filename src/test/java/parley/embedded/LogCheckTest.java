package parley.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start makes of logs that a crash, or a bad disk, has left. */
class LogCheckTest {

  private static final int ROWS = 300;
  private static final int LARGE_BYTES = 100_000;

  @TempDir Path temporary;
  private StoreFolder crashed;
  private Path log;

  /** 300 small writes, then one that spans four blocks of the log. */
  @BeforeEach
  void crash() throws Exception {
    var folder = new StoreFolder(temporary.resolve("live"));
    var store = folder.open();
    for (int row = 1; row <= ROWS; row++) {
      write(store, row, 300);
    }
    write(store, ROWS + 1, LARGE_BYTES);
    crashed = folder.copyTo(temporary.resolve("crashed"));
    store.close();
    log = crashed.longest(".log");
  }

  private static void write(EmbeddedStore store, int row, int sizeBytes) throws Exception {
    var value = new byte[sizeBytes];
    new Random(row).nextBytes(value);
    store
        .write(List.of(new Change.Put(Table.ARCHIVE, Keys.bytes(row), value)))
        .toCompletableFuture()
        .get(10, SECONDS);
  }

  private void damage(UnaryOperator<byte[]> damage) throws IOException {
    Files.write(log, damage.apply(Files.readAllBytes(log)));
  }

  private int rowsAfterStart() throws Exception {
    var store = crashed.open();
    var count = new int[1];
    store
        .read(rows -> {
          rows.ascending(
              Table.ARCHIVE, Keys.bytes(0), Keys.bytes(-1), (key, value) -> ++count[0] > 0);
          return null;
        })
        .toCompletableFuture()
        .get(10, SECONDS);
    store.close();
    return count[0];
  }

  @Test
  void an_intact_log_is_left_as_it_is() throws Exception {
    var before = Files.readAllBytes(log);
    LogCheck.run(crashed.path());

    assertThat(Files.readAllBytes(log)).isEqualTo(before);
    assertThat(rowsAfterStart()).isEqualTo(ROWS + 1);
  }

  @Test
  void a_write_that_was_cut_off_is_cut_away() throws Exception {
    damage(bytes -> Arrays.copyOf(bytes, bytes.length - 100));

    assertThat(rowsAfterStart()).isEqualTo(ROWS);
    assertThat(rowsAfterStart()).isEqualTo(ROWS);
  }

  @Test
  void a_write_cut_off_at_the_edge_of_a_block_is_cut_away() throws Exception {
    damage(bytes -> Arrays.copyOf(bytes, bytes.length - bytes.length % (32 * 1024)));

    assertThat(rowsAfterStart()).isEqualTo(ROWS);
  }

  @Test
  void a_write_of_which_the_disk_took_only_a_later_part_is_cut_away() throws Exception {
    damage(bytes -> {
      Arrays.fill(bytes, bytes.length - 80_000, bytes.length - 60_000, (byte) 0);
      return bytes;
    });

    assertThat(rowsAfterStart()).isEqualTo(ROWS);
  }

  @Test
  void what_looks_like_a_write_inside_one_that_was_cut_off_is_cut_away() throws Exception {
    damage(bytes -> {
      int firstBytes = 7 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(4);
      int block = 32 * 1024;
      int within = (bytes.length - 60_000) / block * block + 1_000;
      System.arraycopy(bytes, 0, bytes, within, firstBytes);
      return bytes;
    });

    assertThat(rowsAfterStart()).isEqualTo(ROWS);
  }

  @Test
  void zeros_after_the_last_write_are_cut_away() throws Exception {
    damage(bytes -> Arrays.copyOf(bytes, bytes.length + 50_000));

    assertThat(rowsAfterStart()).isEqualTo(ROWS + 1);
  }

  @Test
  void garbage_after_the_last_write_is_cut_away() throws Exception {
    damage(bytes -> {
      var garbage = new byte[50_000];
      new Random(7).nextBytes(garbage);
      var longer = Arrays.copyOf(bytes, bytes.length + garbage.length);
      System.arraycopy(garbage, 0, longer, bytes.length, garbage.length);
      return longer;
    });

    assertThat(rowsAfterStart()).isEqualTo(ROWS + 1);
  }

  @Test
  void a_flipped_bit_before_a_later_write_stops_the_start_and_names_the_place() throws Exception {
    damage(bytes -> {
      bytes[50_000] ^= 4;
      return bytes;
    });

    assertThatThrownBy(crashed::open)
        .isInstanceOf(StoreException.Damaged.class)
        .hasMessageMatching(".*/crashed/\\d+\\.log is damaged at byte (49[6-9]|500)\\d\\d of .*");
  }

  @Test
  void every_flipped_bit_before_the_last_write_stops_the_start() throws Exception {
    var intact = Files.readAllBytes(log);
    var random = new Random(11);
    for (int round = 0; round < 200; round++) {
      var flipped = intact.clone();
      flipped[random.nextInt(intact.length - LARGE_BYTES - 1000)] ^=
          (byte) (1 << random.nextInt(8));
      Files.write(log, flipped);
      assertThatThrownBy(() -> LogCheck.run(crashed.path()))
          .isInstanceOf(StoreException.Damaged.class);
    }
  }

  @Test
  void an_overwritten_length_does_not_hide_what_comes_after() throws Exception {
    damage(bytes -> {
      Arrays.fill(bytes, 0, 20, (byte) 0xFF);
      return bytes;
    });

    assertThatThrownBy(crashed::open)
        .isInstanceOf(StoreException.Damaged.class)
        .hasMessageContaining("at byte 0 of");
  }

  @Test
  void a_flipped_bit_in_a_table_stops_the_start_and_names_the_place() throws Exception {
    rowsAfterStart();
    var table = crashed.longest(".sst");
    var bytes = Files.readAllBytes(table);
    bytes[bytes.length / 2] ^= 4;
    Files.write(table, bytes);

    assertThatThrownBy(crashed::open)
        .isInstanceOf(StoreException.Damaged.class)
        .hasMessageContaining(table.getFileName().toString())
        .hasMessageContaining("offset");
  }

  @Test
  void a_missing_table_stops_the_start() throws Exception {
    rowsAfterStart();
    var table = crashed.longest(".sst");
    Files.delete(table);

    assertThatThrownBy(crashed::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(table.getFileName().toString());
  }

  @Test
  void a_damaged_manifest_stops_the_start_and_names_it() throws Exception {
    var manifest = Files.readString(crashed.path().resolve("CURRENT")).strip();
    var file = crashed.path().resolve(manifest);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 4;
    Files.write(file, bytes);

    assertThatThrownBy(crashed::open)
        .isInstanceOf(StoreException.Damaged.class)
        .hasMessageContaining(manifest);
  }
}
