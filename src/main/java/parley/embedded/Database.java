package parley.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;

/**
 * RocksDB in one folder, safe to call from any thread and at any time: a call into a closed RocksDB
 * would end the process, here it fails with {@link StoreException.Unavailable}.
 */
final class Database implements GroupCommit.Log, AutoCloseable {

  private final RocksDB rocks;
  private final Tuning tuning;
  private final Map<Table, ColumnFamilyHandle> handles;
  private final List<ColumnFamilyHandle> allHandles;

  // Held shared by whoever is inside RocksDB, and alone to close it.
  private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  private Database(RocksDB rocks, Tuning tuning, List<ColumnFamilyHandle> allHandles) {
    this.rocks = rocks;
    this.tuning = tuning;
    this.allHandles = allHandles;
    this.handles = new EnumMap<>(Table.class);
    for (var table : Table.values()) {
      handles.put(table, allHandles.get(1 + table.ordinal()));
    }
  }

  /** Opens the folder, which the caller holds, and verifies the newest of what is in it. */
  static Database open(Path folder, EmbeddedSettings settings) {
    RocksDB.loadLibrary();
    var tuning = new Tuning(settings);
    var handles = new ArrayList<ColumnFamilyHandle>();
    RocksDB rocks;
    try {
      rocks = RocksDB.open(tuning.database, folder.toString(), families(tuning), handles);
    } catch (RocksDBException e) {
      tuning.close();
      throw openFailure(folder, e);
    }
    var database = new Database(rocks, tuning, handles);
    try {
      database.verify(settings.reading().verifyBytesMax());
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    return database;
  }

  private static List<ColumnFamilyDescriptor> families(Tuning tuning) {
    var families = new ArrayList<ColumnFamilyDescriptor>();
    families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, tuning.table));
    for (var table : Table.values()) {
      families.add(new ColumnFamilyDescriptor(table.storedName(), tuning.table));
    }
    return families;
  }

  private static StoreException openFailure(Path folder, RocksDBException e) {
    var code = e.getStatus() == null ? Status.Code.Undefined : e.getStatus().getCode();
    return code == Status.Code.Corruption
        ? new StoreException.Damaged("The store in " + folder + " is damaged: " + e.getMessage(), e)
        : new StoreException.Unavailable(
            "The store in " + folder + " cannot be opened: " + e.getMessage(), e);
  }

  private void verify(long bytesMax) {
    var files = new ArrayList<>(rocks.getLiveFilesMetaData());
    files.sort(Comparator.comparing(LiveFileMetaData::fileName).reversed());
    long bytes = 0;
    for (var file : files) {
      bytes += file.size();
      if (bytes > bytesMax) {
        return;
      }
      verify(file.path() + file.fileName());
    }
  }

  private static void verify(String file) {
    try (var options = new Options();
        var reader = new SstFileReader(options)) {
      reader.open(file);
      reader.verifyChecksum();
    } catch (RocksDBException e) {
      throw new StoreException.Damaged("The table " + file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Writes all changes at once; durable on return, as far as the settings say. */
  @Override
  public void commit(List<Change> changes) {
    use(() -> {
      try (var batch = new WriteBatch()) {
        for (var change : changes) {
          add(batch, change);
        }
        rocks.write(tuning.write, batch);
        return null;
      }
    });
  }

  private void add(WriteBatch batch, Change change) throws RocksDBException {
    switch (change) {
      case Change.Put put -> batch.put(handles.get(put.table()), put.key(), put.value());
      case Change.Delete delete -> batch.delete(handles.get(delete.table()), delete.key());
      case Change.DeleteRange range ->
          batch.deleteRange(handles.get(range.table()), range.from(), range.until());
    }
  }

  /** Reads on the calling thread. The query must be short: a close waits for it. */
  <T> T read(Function<Rows, T> query) {
    return use(() -> query.apply(new RocksRows(rocks, handles)));
  }

  private interface Use<T> {
    T run() throws RocksDBException;
  }

  private <T> T use(Use<T> use) {
    inUse.readLock().lock();
    try {
      if (closed) {
        throw new StoreException.Unavailable("The store has been closed");
      }
      return use.run();
    } catch (RocksDBException e) {
      throw RocksRows.failure(e);
    } finally {
      inUse.readLock().unlock();
    }
  }

  /** Waits for whoever is inside, then closes RocksDB. Again: nothing happens. */
  @Override
  public void close() {
    inUse.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      allHandles.forEach(ColumnFamilyHandle::close);
      rocks.closeE();
    } catch (RocksDBException e) {
      throw RocksRows.failure(e);
    } finally {
      tuning.close();
      inUse.writeLock().unlock();
    }
  }
}
