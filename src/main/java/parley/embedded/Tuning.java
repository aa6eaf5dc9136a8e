package parley.embedded;

import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/** RocksDB's options, each with its reason. They are native memory: closed after the database. */
final class Tuning implements AutoCloseable {

  private static final int BLOOM_BITS_PER_KEY = 10;
  private static final int BACKGROUND_JOBS = 2;
  private static final int INFO_LOGS_KEPT = 3;
  private static final long INFO_LOG_BYTES = 1024 * 1024;

  private final LRUCache cache;
  private final BloomFilter bloom;
  final DBOptions database;
  final ColumnFamilyOptions table;
  final WriteOptions write;

  Tuning(EmbeddedSettings settings) {
    cache = new LRUCache(settings.memory().cacheBytes());
    bloom = new BloomFilter(BLOOM_BITS_PER_KEY);
    database = database(settings);
    table = table(settings);
    write = new WriteOptions().setSync(settings.sync());
  }

  private static DBOptions database(EmbeddedSettings settings) {
    var onlyByName = new Properties();
    // A log that has gone missing as a whole stops the start.
    onlyByName.put("track_and_verify_wals_in_manifest", "true");
    return DBOptions.getDBOptionsFromProps(onlyByName)
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        // LogCheck has cut off what a crash may leave: all else is damage.
        .setWalRecoveryMode(WALRecoveryMode.AbsoluteConsistency)
        // fdatasync: the log's time stamps are nothing to us. Its space is allocated ahead, so
        // that a sync writes the file's size at most.
        .setUseFsync(false)
        .setMaxTotalWalSize(settings.writing().logBytesMax())
        .setDbWriteBufferSize(settings.memory().writeBufferBytes())
        .setMaxBackgroundJobs(BACKGROUND_JOBS)
        // There is one writer: it needs no care for others.
        .setAllowConcurrentMemtableWrite(false)
        .setEnableWriteThreadAdaptiveYield(false)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(INFO_LOGS_KEPT)
        .setMaxLogFileSize(INFO_LOG_BYTES)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private ColumnFamilyOptions table(EmbeddedSettings settings) {
    return new ColumnFamilyOptions()
        .setWriteBufferSize(settings.memory().writeBufferBytes())
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        // Most of the data, and the oldest: worth more work once.
        .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
        .setLevelCompactionDynamicLevelBytes(true)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                // In parts: an index as a whole may be larger than one of the cache's shards, and
                // would be read anew for each row.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setFilterPolicy(bloom));
  }

  @Override
  public void close() {
    write.close();
    table.close();
    database.close();
    bloom.close();
    cache.close();
  }
}
