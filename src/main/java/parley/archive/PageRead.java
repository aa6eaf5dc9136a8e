package parley.archive;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.MessageId;

/**
 * Reads one page back from a message: week by week, of those in which there are messages, and of
 * several weeks at once when those before had few messages each.
 */
final class PageRead {

  /** Bounds what is read in vain, and what one page asks of Cassandra at a time. */
  private static final int AT_ONCE_MAX = 8;

  private final Function<Partition, CompletionStage<List<Partition>>> buckets;
  private final Function<Stretch, CompletionStage<List<Archived>>> reader;
  private final Wanted wanted;
  private final List<Archived> page = new ArrayList<>();
  private int partitionsRead;

  /** At most {@code limit} messages of the conversation before that one. */
  record Wanted(ConversationId conversation, MessageId before, int limit) {}

  /** What is read of one partition: at most {@code limit} messages up to that clock. */
  record Stretch(Partition partition, ConversationId conversation, long clockMax, int limit) {}

  /**
   * @param buckets as {@link BucketIndex#upTo}
   * @param reader reads a stretch, newest first
   */
  PageRead(
      Function<Partition, CompletionStage<List<Partition>>> buckets,
      Function<Stretch, CompletionStage<List<Archived>>> reader,
      Wanted wanted) {
    this.buckets = buckets;
    this.reader = reader;
    this.wanted = wanted;
  }

  /** The page, newest first. */
  CompletionStage<List<Archived>> run() {
    return from(Partition.of(wanted.before()));
  }

  private CompletionStage<List<Archived>> from(Partition last) {
    return buckets
        .apply(last)
        .thenCompose(partitions -> read(partitions, partitions.size() == BucketIndex.READ_MAX));
  }

  private CompletionStage<List<Archived>> read(List<Partition> partitions, boolean more) {
    if (partitions.isEmpty() || page.size() >= wanted.limit()) {
      return completedStage(page());
    }
    var next = partitions.subList(0, Math.min(atOnce(), partitions.size()));
    var rest = partitions.subList(next.size(), partitions.size());
    return Stages.all(next.stream().map(this::stretch).map(reader).toList())
        .thenCompose(found -> {
          found.forEach(page::addAll);
          partitionsRead += next.size();
          return rest.isEmpty() && more && page.size() < wanted.limit()
              ? from(before(next.getLast()))
              : read(rest, more);
        });
  }

  /** So many partitions as would fill the page, if all were like those read so far. */
  private int atOnce() {
    if (partitionsRead == 0) {
      return 1;
    }
    int missing = wanted.limit() - page.size();
    int each = Math.max(1, page.size() / partitionsRead);
    return Math.clamp((missing + each - 1) / each, 1, AT_ONCE_MAX);
  }

  private Stretch stretch(Partition partition) {
    long clockMax =
        partition.equals(Partition.of(wanted.before()))
            ? wanted.before().clock() - 1
            : Long.MAX_VALUE;
    return new Stretch(partition, wanted.conversation(), clockMax, wanted.limit() - page.size());
  }

  private static Partition before(Partition partition) {
    return new Partition(partition.conversation(), partition.bucket() - 1);
  }

  private List<Archived> page() {
    return List.copyOf(page.subList(0, Math.min(page.size(), wanted.limit())));
  }
}
