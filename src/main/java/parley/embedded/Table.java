package parley.embedded;

import java.nio.charset.StandardCharsets;

/** One ordered map of the store, a column family of RocksDB. The names are stored. */
public enum Table {
  JOURNAL("journal"),
  DELETED("deleted"),
  SNAPSHOTS("snapshots"),
  ARCHIVE("archive");

  private final String storedName;

  Table(String storedName) {
    this.storedName = storedName;
  }

  byte[] storedName() {
    return storedName.getBytes(StandardCharsets.UTF_8);
  }
}
