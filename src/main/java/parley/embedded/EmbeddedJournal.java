package parley.embedded;

import akka.Done;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Akka's journal in the {@link EmbeddedStore}: {@code akka.persistence.journal.plugin =
 * "parley.embedded.journal"}.
 *
 * <p>What is persisted together is stored together or not at all. A write that comes while too much
 * waits fails, as one does when the disk fails: the persistent actor decides what then.
 */
public final class EmbeddedJournal extends AsyncWriteJournal {

  private final EventLog events = new EventLog(context().system());
  private final Map<String, CompletionStage<Done>> lastWrites = new ConcurrentHashMap<>();

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    var changes = new ArrayList<Change>();
    var rejections = new ArrayList<Optional<Exception>>();
    for (var write : writes) {
      rejections.add(encode(write, changes));
    }
    var stored = events.write(changes);
    writes.forEach(write -> lastWrites.put(write.persistenceId(), stored));
    return FutureConverters.asScala(
        stored
            .whenComplete((done, failure) ->
                writes.forEach(write -> lastWrites.remove(write.persistenceId(), stored)))
            .thenApply(done -> rejections));
  }

  /** Adds the changes of the write; says why when it cannot be stored, and adds none. */
  private Optional<Exception> encode(AtomicWrite write, List<Change> changes) {
    try {
      changes.addAll(events.changes(write));
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(e);
    }
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequence) {
    return FutureConverters.asScala(
        events.deleteTo(persistenceId, toSequence).thenApply(done -> null));
  }

  /**
   * After the last write, which its writer may have given up: what comes to light later would stand
   * beside what the next writer writes.
   */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
    return FutureConverters.asScala(
        lastWrites
            .getOrDefault(persistenceId, CompletableFuture.completedStage(Done.getInstance()))
            .handle((done, failure) -> done)
            .thenCompose(done -> events.highest(persistenceId)));
  }

  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return FutureConverters.asScala(replay(persistenceId, from, to, max, replay));
  }

  private CompletionStage<Void> replay(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return events
        .read(persistenceId, from, to, max)
        .thenCompose(read -> {
          read.forEach(replay);
          if (read.isEmpty() || read.size() == max) {
            return CompletableFuture.completedFuture(null);
          }
          long next = read.getLast().sequenceNr() + 1;
          return replay(persistenceId, next, to, max - read.size(), replay);
        });
  }
}
