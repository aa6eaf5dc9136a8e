package parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * What somebody finds who takes all that a node has kept: every file, every row of its store, every
 * log line. Of an encrypted chat nothing that was said; of one that was not encrypted what was
 * said, so that this test can fail.
 */
class SecrecyIT {

  @TempDir Path folder;

  @Test
  void all_that_a_node_keeps_tells_nothing_of_what_was_said_encrypted() throws Exception {
    var dump = new Dump();
    try (var log = new CaughtLog()) {
      try (var node = new Node(folder)) {
        SecretChat.hold(node.uri());
      }
      assertThat(log.lines()).isNotEmpty();
      log.lines().forEach(dump.place("log"));
    }
    files(folder.resolve("media"), dump.place("media"));
    files(folder, dump.place("files"));
    rows(store(folder), dump.place("rows"));

    assertThat(dump.placesOf(SecretChat.PLAIN)).contains("rows").doesNotContain("log");
    assertThat(dump.placesOf(SecretChat.PLAIN_FILE)).contains("media").doesNotContain("log");
    assertThat(SecretChat.SECRETS)
        .allSatisfy(secret -> assertThat(dump.placesOf(secret)).isEmpty());
  }

  /** Every file of a folder. */
  static void files(Path folder, Consumer<byte[]> to) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        to.accept(Files.readAllBytes(file));
      }
    }
  }

  private static Path store(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(it -> it.endsWith("CURRENT")).findAny().orElseThrow().getParent();
    }
  }

  /** The rows as they are: in files they may be compressed. */
  private static void rows(Path store, Consumer<byte[]> to) throws RocksDBException {
    var handles = new ArrayList<ColumnFamilyHandle>();
    try (var options = new Options();
        var dbOptions = new DBOptions()) {
      var families =
          RocksDB.listColumnFamilies(options, store.toString()).stream()
              .map(ColumnFamilyDescriptor::new)
              .toList();
      try (var database = RocksDB.openReadOnly(dbOptions, store.toString(), families, handles)) {
        for (var family : handles) {
          try (var row = database.newIterator(family)) {
            for (row.seekToFirst(); row.isValid(); row.next()) {
              to.accept(row.key());
              to.accept(row.value());
            }
          }
          family.close();
        }
      }
    }
  }
}
