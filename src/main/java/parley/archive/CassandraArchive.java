package parley.archive;

import akka.Done;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Reaction;

/**
 * The archive in Cassandra.
 *
 * <pre>
 * archive / (conversation hash, {@link Partition week}) / message clock, newest first
 *     => message    as it was said (CBOR, <= 65 KiB)
 *        edit       the last one
 *        deletion
 *        reactions  a set of "{user} {emoji}"
 *
 * archive_buckets / conversation hash / week, newest first: those in which there are messages
 * </pre>
 *
 * <p>No write reads first, and any may be repeated: a row's parts are written with the time at
 * which they happened as their time in Cassandra, so the latest of each stands, in whatever order
 * they arrive. Only of two changes to the same part in one millisecond, in two calls, either may
 * stand; a reaction is then taken back. A page reads week by week, as {@link PageRead} says.
 *
 * <p>The names within the CBOR are stored for good. Two conversations of the same hash would share
 * partitions: a page passes over what is not of the one asked for.
 */
public final class CassandraArchive implements Archive {

  /** A write of one partition: few enough that no node of Cassandra stumbles over it. */
  private static final int BATCH_ROWS_MAX = 64;

  private static final int BATCH_BYTES_MAX = 128 * 1024;

  /** Rows that one read may ask for by their keys. */
  private static final int KEYS_MAX = 64;

  private final CqlSession session;
  private final ArchiveStatements statements;
  private final BucketIndex buckets;
  private final Executor executor;

  /**
   * @param executor what is read is decoded there
   */
  CassandraArchive(CqlSession session, ArchiveStatements statements, Executor executor) {
    this.session = session;
    this.statements = statements;
    this.executor = executor;
    this.buckets = new BucketIndex(session, statements);
  }

  @Override
  public CompletionStage<Done> append(List<Message> messages) {
    var byPartition = new LinkedHashMap<Partition, List<Message>>();
    for (var message : messages) {
      byPartition
          .computeIfAbsent(Partition.of(message.id()), partition -> new ArrayList<>())
          .add(message);
    }
    var writes = new ArrayList<CompletionStage<Done>>();
    byPartition.forEach((partition, own) -> {
      writes.add(buckets.note(partition));
      inBatches(own, batch -> writes.add(write(rows(partition, batch))));
    });
    return Stages.all(writes).thenApply(done -> Done.getInstance());
  }

  private static void inBatches(List<Message> messages, Consumer<List<Message>> then) {
    var batch = new ArrayList<Message>();
    int bytes = 0;
    for (var message : messages) {
      boolean full = bytes + message.sizeBytes() > BATCH_BYTES_MAX;
      if (!batch.isEmpty() && (full || batch.size() == BATCH_ROWS_MAX)) {
        then.accept(List.copyOf(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(message);
      bytes += message.sizeBytes();
    }
    then.accept(List.copyOf(batch));
  }

  private List<BoundStatement> rows(Partition partition, List<Message> messages) {
    return messages.stream()
        .map(message ->
            statements
                .append()
                .bind(
                    partition.conversation(),
                    partition.bucket(),
                    message.id().clock(),
                    ByteBuffer.wrap(ArchiveCodec.encode(message)),
                    micros(message.sentAt())))
        .toList();
  }

  private static long micros(Instant at) {
    return Math.multiplyExact(at.toEpochMilli(), 1000L);
  }

  /** One partition's rows reach each node that has them as one write. */
  private CompletionStage<Done> write(List<BoundStatement> rows) {
    Statement<?> statement =
        rows.size() == 1
            ? rows.getFirst()
            : BatchStatement.newInstance(
                DefaultBatchType.UNLOGGED, rows.toArray(BatchableStatement<?>[]::new));
    return session.executeAsync(statement).thenApply(result -> Done.getInstance());
  }

  @Override
  public CompletionStage<Done> amend(List<Amendment> amendments) {
    // The last of a batch to each part of a message: they may be of the same millisecond.
    var last = new LinkedHashMap<Part, Amendment>();
    amendments.forEach(amendment -> last.put(Part.of(amendment), amendment));
    return Stages.all(last.values().stream().map(this::write).toList())
        .thenApply(done -> Done.getInstance());
  }

  /** What of a message an amendment changes. */
  private record Part(MessageId message, String name) {

    static Part of(Amendment amendment) {
      return switch (amendment) {
        case Edit edit -> new Part(edit.message(), "edit");
        case Deletion deletion -> new Part(deletion.message(), "deletion");
        case Reaction reaction -> new Part(reaction.message(), ArchiveRows.reaction(reaction));
      };
    }
  }

  private CompletionStage<Done> write(Amendment amendment) {
    var statement =
        switch (amendment) {
          case Edit edit -> statements.edit();
          case Deletion deletion -> statements.delete();
          case Reaction reaction -> reaction.on() ? statements.react() : statements.unreact();
        };
    Object value =
        switch (amendment) {
          case Edit edit -> ByteBuffer.wrap(ArchiveCodec.encode(edit));
          case Deletion deletion -> ByteBuffer.wrap(ArchiveCodec.encode(deletion));
          case Reaction reaction -> Set.of(ArchiveRows.reaction(reaction));
        };
    var partition = Partition.of(amendment.message());
    return session
        .executeAsync(
            statement.bind(
                micros(amendment.at()),
                value,
                partition.conversation(),
                partition.bucket(),
                amendment.message().clock()))
        .thenApply(result -> Done.getInstance());
  }

  @Override
  public CompletionStage<Map<MessageId, Archived>> find(Collection<MessageId> ids) {
    var byPartition = new HashMap<Partition, List<Long>>();
    for (var id : new LinkedHashSet<>(ids)) {
      byPartition.computeIfAbsent(Partition.of(id), partition -> new ArrayList<>()).add(id.clock());
    }
    var reads = new ArrayList<CompletionStage<List<Archived>>>();
    byPartition.forEach((partition, clocks) -> {
      for (int from = 0; from < clocks.size(); from += KEYS_MAX) {
        int to = Math.min(from + KEYS_MAX, clocks.size());
        reads.add(find(partition, clocks.subList(from, to)));
      }
    });
    return Stages.all(reads)
        .thenApply(found -> {
          var all = new HashMap<MessageId, Archived>();
          found.forEach(some -> some.forEach(one -> all.put(one.message().id(), one)));
          return all;
        });
  }

  private CompletionStage<List<Archived>> find(Partition partition, List<Long> clocks) {
    var read = statements.find().bind(partition.conversation(), partition.bucket(), clocks);
    var rows = new ArchiveRows(partition, clocks.size(), message -> true);
    return session
        .executeAsync(read)
        .thenComposeAsync(result -> rows.from(result, executor), executor);
  }

  @Override
  public CompletionStage<List<Archived>> page(
      ConversationId conversation, MessageId before, int limit) {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("A page has 1 to " + PAGE_MAX + " messages");
    }
    var first = new MessageId(before.clock(), conversation.hash());
    return new PageRead(buckets::upTo, this::read, new PageRead.Wanted(conversation, first, limit))
        .run();
  }

  /** The messages of one partition up to the clock, newest first. */
  private CompletionStage<List<Archived>> read(PageRead.Stretch stretch) {
    var partition = stretch.partition();
    int most = stretch.limit();
    var statement =
        statements
            .page()
            .bind(partition.conversation(), partition.bucket(), stretch.clockMax())
            .setPageSize(Math.min(most, KEYS_MAX));
    var rows =
        new ArchiveRows(
            partition, most, message -> message.conversation().equals(stretch.conversation()));
    return session
        .executeAsync(statement)
        .thenComposeAsync(result -> rows.from(result, executor), executor);
  }
}
