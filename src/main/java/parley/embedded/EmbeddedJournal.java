package parley.embedded;

import akka.Done;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import scala.PartialFunction;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;

/**
 * Akka's journal in the {@link EmbeddedStore}: {@code akka.persistence.journal.plugin =
 * "parley.embedded.journal"}.
 *
 * <p>What is persisted together is stored together or not at all. A write that comes while too much
 * waits fails, as one does when the disk fails: the persistent actor decides what then. One that
 * the disk lets wait is not given up: its actor goes on when the disk does.
 *
 * <p>It answers typed persistent actors only. They have one write under way at a time, so that the
 * answers to each of them are in order.
 */
public final class EmbeddedJournal extends AsyncWriteJournal {

  private final EventLog events = new EventLog(context().system());
  private final Map<String, CompletionStage<Done>> lastWrites = new ConcurrentHashMap<>();

  /**
   * Stores what is to be persisted, and answers. Akka's way from a journal back to the actor is a
   * circuit breaker with its timer, three futures, and an actor that brings the answers of all
   * writes into order: half of what it costs to persist an event alone.
   */
  @Override
  public void aroundReceive(PartialFunction<Object, BoxedUnit> receive, Object message) {
    if (message instanceof JournalProtocol.WriteMessages asked) {
      store(asked);
    } else {
      super.aroundReceive(receive, message);
    }
  }

  private void store(JournalProtocol.WriteMessages asked) {
    var answers = new WriteAnswers(asked);
    try {
      var changes = new ArrayList<Change>();
      var ids = new HashSet<String>();
      for (var write : CollectionConverters.asJava(preparePersistentBatch(asked.messages()))) {
        encode(write, changes).ifPresent(why -> answers.reject(write, why));
        ids.add(write.persistenceId());
      }
      var stored = events.write(changes);
      ids.forEach(id -> lastWrites.put(id, stored));
      stored.whenComplete((done, failure) -> {
        ids.forEach(id -> lastWrites.remove(id, stored));
        answers.tell(failure);
      });
    } catch (RuntimeException e) {
      answers.tell(e);
    }
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

  /** Never called: see {@link #aroundReceive}. */
  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    throw new UnsupportedOperationException("Writes are answered by the journal itself");
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
