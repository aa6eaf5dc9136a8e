package parley.embedded;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;

/** The rows of an open RocksDB. */
record RocksRows(RocksDB rocks, Map<Table, ColumnFamilyHandle> handles) implements Rows {

  /** What a failure of RocksDB means to our callers. */
  static StoreException failure(RocksDBException e) {
    boolean damaged = e.getStatus() != null && e.getStatus().getCode() == Status.Code.Corruption;
    return damaged
        ? new StoreException.Damaged("The store is damaged: " + e.getMessage(), e)
        : new StoreException.Unavailable("The store failed: " + e.getMessage(), e);
  }

  @Override
  public Optional<byte[]> get(Table table, byte[] key) {
    try {
      return Optional.ofNullable(rocks.get(handles.get(table), key));
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }

  @Override
  public void ascending(Table table, byte[] first, byte[] last, Visitor visitor) {
    try (var rows = rocks.newIterator(handles.get(table))) {
      boolean more = true;
      for (rows.seek(first); more && rows.isValid(); rows.next()) {
        var key = rows.key();
        more = Arrays.compareUnsigned(key, last) <= 0 && visitor.visit(key, rows.value());
      }
      check(rows);
    }
  }

  @Override
  public void descending(Table table, byte[] first, byte[] last, Visitor visitor) {
    try (var rows = rocks.newIterator(handles.get(table))) {
      boolean more = true;
      for (rows.seekForPrev(last); more && rows.isValid(); rows.prev()) {
        var key = rows.key();
        more = Arrays.compareUnsigned(key, first) >= 0 && visitor.visit(key, rows.value());
      }
      check(rows);
    }
  }

  /** An iterator that meets damage ends as if it had come to the end: only this tells. */
  private static void check(RocksIterator rows) {
    try {
      rows.status();
    } catch (RocksDBException e) {
      throw failure(e);
    }
  }
}
