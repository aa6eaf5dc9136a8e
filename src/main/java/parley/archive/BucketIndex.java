package parley.archive;

import akka.Done;
import com.datastax.oss.driver.api.core.CqlSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * In which weeks a conversation has messages: {@link CassandraArchive} draws its table. Written
 * once for each week and node, more or less: what was written is remembered, up to a limit.
 */
final class BucketIndex {

  /** How many are read at a time: more than a year. */
  static final int READ_MAX = 64;

  /** At some 100 bytes each 2 MB; one that was forgotten is written again, and nothing else. */
  private static final int REMEMBERED_MAX = 20_000;

  private final CqlSession session;
  private final ArchiveStatements statements;
  private final Map<Partition, Boolean> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Partition, Boolean> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  BucketIndex(CqlSession session, ArchiveStatements statements) {
    this.session = session;
    this.statements = statements;
  }

  /** Done when it is known that there are messages in the partition. */
  CompletionStage<Done> note(Partition partition) {
    if (isRemembered(partition)) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    return session
        .executeAsync(statements.noteBucket().bind(partition.conversation(), partition.bucket()))
        .thenApply(result -> {
          remember(partition);
          return Done.getInstance();
        });
  }

  private synchronized boolean isRemembered(Partition partition) {
    return remembered.get(partition) != null;
  }

  private synchronized void remember(Partition partition) {
    remembered.put(partition, true);
  }

  /**
   * The latest weeks in which the conversation has messages, that of {@code last} and before,
   * newest first: at most {@link #READ_MAX}, fewer only at its beginning.
   */
  CompletionStage<List<Partition>> upTo(Partition last) {
    return session
        .executeAsync(
            statements
                .buckets()
                .bind(last.conversation(), last.bucket(), READ_MAX)
                .setPageSize(READ_MAX))
        .thenApply(result -> {
          var partitions = new ArrayList<Partition>();
          for (var row : result.currentPage()) {
            partitions.add(new Partition(last.conversation(), row.getInt("bucket")));
          }
          return partitions;
        });
  }
}
