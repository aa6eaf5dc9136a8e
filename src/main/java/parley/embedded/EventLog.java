package parley.embedded;

import akka.Done;
import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.jdk.javaapi.CollectionConverters;

/** The events of every persistence id, as the journal and its readers see them. */
final class EventLog {

  /** The most events that one read takes: a few milliseconds at most. */
  static final int READ_EVENTS_MAX = 200;

  /** The most bytes after which a read ends: some events of the largest size. */
  private static final int READ_BYTES_MAX = 256 * 1024;

  /** An event as it is stored. */
  record Stored(long sequence, byte[] bytes) {}

  private final EmbeddedStore store;
  private final EventCodec codec;

  EventLog(ActorSystem system) {
    store = EmbeddedStore.get(system);
    codec = new EventCodec(system);
  }

  /** The changes that store these events. Throws when one of them cannot be stored. */
  List<Change> changes(AtomicWrite write) throws IOException {
    var changes = new ArrayList<Change>();
    for (var event : CollectionConverters.asJava(write.payload())) {
      var key = Keys.of(event.persistenceId(), event.sequenceNr());
      changes.add(new Change.Put(Table.JOURNAL, key, codec.encode(event)));
    }
    return changes;
  }

  CompletionStage<Done> write(List<Change> changes) {
    return store.write(changes);
  }

  /** The next events of the range, as {@link #stored} gives them. */
  CompletionStage<List<PersistentRepr>> read(String id, long from, long to, long limit) {
    return stored(id, from, to, limit)
        .thenApply(events -> events.stream().map(event -> decode(id, event)).toList());
  }

  /**
   * The next events of the range, ascending: at most {@code limit}, and no more than one read
   * takes. Empty only when there is none left.
   */
  CompletionStage<List<Stored>> stored(String id, long from, long to, long limit) {
    if (from > to || limit <= 0) {
      return CompletableFuture.completedFuture(List.of());
    }
    return store.read(rows -> stored(rows, id, new Range(from, to, limit)));
  }

  /** The event that is stored so. */
  PersistentRepr decode(String id, Stored event) {
    return codec.decode(id, event.sequence, event.bytes);
  }

  private record Range(long from, long to, long limit) {}

  private static List<Stored> stored(Rows rows, String id, Range range) {
    long from = Math.max(range.from, deletedTo(rows, id) + 1);
    var events = new ArrayList<Stored>();
    if (from > range.to) {
      return events;
    }
    long eventsMax = Math.min(range.limit, READ_EVENTS_MAX);
    var bytes = new long[1];
    rows.ascending(
        Table.JOURNAL,
        Keys.of(id, from),
        Keys.of(id, range.to),
        (key, value) -> {
          events.add(new Stored(Keys.sequence(key), value));
          bytes[0] += value.length;
          return events.size() < eventsMax && bytes[0] < READ_BYTES_MAX;
        });
    return events;
  }

  /** The highest sequence number that was ever written; 0 when none was. */
  CompletionStage<Long> highest(String id) {
    return store.read(rows -> highest(rows, id));
  }

  private static long highest(Rows rows, String id) {
    var highest = new long[] {deletedTo(rows, id)};
    rows.descending(
        Table.JOURNAL,
        Keys.of(id, 0),
        Keys.of(id, Long.MAX_VALUE),
        (key, value) -> {
          highest[0] = Math.max(highest[0], Keys.sequence(key));
          return false;
        });
    return highest[0];
  }

  private static long deletedTo(Rows rows, String id) {
    return rows.get(Table.DELETED, Keys.of(id)).map(value -> Keys.number(value, 0)).orElse(0L);
  }

  /** Deletes the events up to and including the given one, of those that are there now. */
  CompletionStage<Done> deleteTo(String id, long sequence) {
    return store
        .read(rows -> new Deletion(deletedTo(rows, id), Math.min(sequence, highest(rows, id))))
        .thenCompose(deletion -> delete(id, deletion));
  }

  private record Deletion(long before, long to) {}

  private CompletionStage<Done> delete(String id, Deletion deletion) {
    if (deletion.to <= deletion.before) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return store.write(
        List.of(
            new Change.DeleteRange(
                Table.JOURNAL, Keys.of(id, deletion.before), Keys.of(id, deletion.to + 1)),
            new Change.Put(Table.DELETED, Keys.of(id), Keys.bytes(deletion.to))));
  }
}
