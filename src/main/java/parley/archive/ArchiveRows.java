package parley.archive;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.Message;
import parley.message.Reaction;
import parley.message.UserId;

/** Reads rows of one partition as messages, until it has enough or they end. */
final class ArchiveRows {

  private final Partition partition;
  private final int limit;
  private final Predicate<Message> fits;
  private final List<Archived> read = new ArrayList<>();

  ArchiveRows(Partition partition, int limit, Predicate<Message> fits) {
    this.partition = partition;
    this.limit = limit;
    this.fits = fits;
  }

  /** The messages of the result and of what comes after it. */
  CompletionStage<List<Archived>> from(AsyncResultSet result, Executor executor) {
    for (var row : result.currentPage()) {
      archived(row).filter(it -> fits.test(it.message())).ifPresent(read::add);
      if (read.size() == limit) {
        return CompletableFuture.completedStage(read);
      }
    }
    return result.hasMorePages()
        ? result.fetchNextPage().thenComposeAsync(next -> from(next, executor), executor)
        : CompletableFuture.completedStage(read);
  }

  /** Empty: something was made of a message that is not there (yet). */
  private Optional<Archived> archived(Row row) {
    var said = row.getByteBuffer("message");
    if (said == null) {
      return Optional.empty();
    }
    var archived = Archived.of((Message) ArchiveCodec.decode(bytes(said)));
    for (var column : List.of("edit", "deletion")) {
      var amendment = row.getByteBuffer(column);
      if (amendment != null) {
        archived = archived.with((Amendment) ArchiveCodec.decode(bytes(amendment)));
      }
    }
    var reactions = reactions(row);
    return Optional.of(
        new Archived(archived.message(), archived.editedAt(), archived.deletedAt(), reactions));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static SortedMap<String, SortedSet<UserId>> reactions(Row row) {
    var reactions = new TreeMap<String, SortedSet<UserId>>();
    for (var reaction : row.getSet("reactions", String.class)) {
      // A user id has no space.
      int end = reaction.indexOf(' ');
      var user = new UserId(reaction.substring(0, end));
      reactions.computeIfAbsent(reaction.substring(end + 1), e -> new TreeSet<>()).add(user);
    }
    return reactions;
  }

  /** How a reaction is stored. */
  static String reaction(Reaction reaction) {
    return reaction.by() + " " + reaction.emoji();
  }
}
