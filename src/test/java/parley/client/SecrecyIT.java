package parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.LoggerFactory;

/**
 * What somebody finds who takes all that a node has kept: every file, every row of its store, every
 * log line. Of an encrypted chat nothing that was said; of one that was not encrypted what was
 * said, so that this test can fail.
 */
class SecrecyIT {

  /** Unlike anything else that is there. */
  private static final String SEALED = "the heron flies at midnight";

  private static final String EDITED = "the heron stays at home";
  private static final String PLAIN = "the postman rings at noon";

  @TempDir Path folder;

  @Test
  void all_that_a_node_keeps_tells_nothing_of_what_was_said_encrypted() throws Exception {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var parley = (Logger) LoggerFactory.getLogger("parley");
    root.addAppender(lines);
    parley.setLevel(Level.TRACE);
    try {
      chat();
    } finally {
      parley.setLevel(null);
      root.detachAppender(lines);
    }

    var kept = new ArrayList<>(files(folder));
    kept.addAll(rows(store(folder)));
    var logged = lines.list.stream().map(SecrecyIT::text).toList();

    assertThat(kept).hasSizeGreaterThan(20);
    assertThat(holds(kept, PLAIN)).isTrue();
    assertThat(holds(kept, SEALED)).isFalse();
    assertThat(holds(kept, EDITED)).isFalse();
    assertThat(logged).isNotEmpty().noneMatch(it -> it.contains(SEALED) || it.contains(EDITED));
  }

  private void chat() {
    try (var node = new Node(folder)) {
      RestUser.register(node.uri(), "ann");
      RestUser.register(node.uri(), "ben");
      var ann = device(node, "ann");
      var ben = device(node, "ben").offer(1);
      var talk = "direct:ann:ben";
      ann.encrypt(talk, List.of("ben"));
      ben.join(talk);
      var id = ann.say(SEALED);
      ann.edit(id, EDITED);
      assertThat(ben.read()).containsExactly("ann: " + EDITED);
      ann.rest()
          .call("POST", "/messages", RestUser.object().put("to", "ben").put("text", PLAIN))
          .good();
    }
  }

  private static MlsDevice device(Node node, String user) {
    return new MlsDevice(
        RestUser.signIn(node.uri(), user, "phone"), new BouncyMls(user + "/phone"));
  }

  private static String text(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    return event.getFormattedMessage() + (thrown == null ? "" : thrown.getMessage());
  }

  private static List<byte[]> files(Path folder) throws IOException {
    var files = new ArrayList<byte[]>();
    try (var all = Files.walk(folder)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static Path store(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(it -> it.endsWith("CURRENT")).findAny().orElseThrow().getParent();
    }
  }

  /** The rows as they are: in files they may be compressed. */
  private static List<byte[]> rows(Path store) throws RocksDBException {
    var rows = new ArrayList<byte[]>();
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
              rows.add(row.key());
              rows.add(row.value());
            }
          }
          family.close();
        }
      }
    }
    return rows;
  }

  private static boolean holds(List<byte[]> kept, String text) {
    var wanted = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return kept.stream()
        .anyMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains(wanted));
  }
}
