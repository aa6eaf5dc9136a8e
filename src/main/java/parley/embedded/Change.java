package parley.embedded;

/** One change to one table. The arrays belong to the store once it has been handed over. */
public sealed interface Change {

  /** What a change costs beyond its bytes: objects, and RocksDB's own header of a record. */
  int OVERHEAD_BYTES = 128;

  /** What it takes in memory while it waits, in bytes. */
  int sizeBytes();

  /** Sets the value of a key, whatever was there. */
  record Put(Table table, byte[] key, byte[] value) implements Change {

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES + key.length + value.length;
    }
  }

  /** Removes a key, if it is there. */
  record Delete(Table table, byte[] key) implements Change {

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES + key.length;
    }
  }

  /** Removes all keys from {@code from} up to, but not, {@code until}. */
  record DeleteRange(Table table, byte[] from, byte[] until) implements Change {

    @Override
    public int sizeBytes() {
      return OVERHEAD_BYTES + from.length + until.length;
    }
  }
}
