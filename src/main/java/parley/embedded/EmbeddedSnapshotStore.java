package parley.embedded;

import akka.Done;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Akka's snapshot store in the {@link EmbeddedStore}: {@code akka.persistence.snapshot-store.plugin
 * = "parley.embedded.snapshot-store"}. One snapshot for each sequence number: a second one replaces
 * the first.
 */
public final class EmbeddedSnapshotStore extends SnapshotStore {

  private record Stored(long sequence, byte[] bytes) {}

  private final EmbeddedStore store = EmbeddedStore.get(context().system());
  private final SnapshotCodec codec = new SnapshotCodec(context().system());

  @Override
  public Future<Optional<SelectedSnapshot>> doLoadAsync(
      String persistenceId, SnapshotSelectionCriteria criteria) {
    return FutureConverters.asScala(
        store
            .read(rows -> latest(rows, persistenceId, criteria))
            .thenApply(
                latest -> latest.map(s -> codec.decode(persistenceId, s.sequence, s.bytes))));
  }

  private static Optional<Stored> latest(
      Rows rows, String persistenceId, SnapshotSelectionCriteria criteria) {
    var latest = new ArrayList<Stored>(1);
    visit(
        rows,
        persistenceId,
        criteria,
        (key, value) -> {
          latest.add(new Stored(Keys.sequence(key), value));
          return false;
        });
    return latest.stream().findFirst();
  }

  @Override
  public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
    var key = Keys.of(metadata.persistenceId(), metadata.sequenceNr());
    try {
      var value = codec.encode(metadata, snapshot);
      return done(store.write(List.of(new Change.Put(Table.SNAPSHOTS, key, value))));
    } catch (IOException | RuntimeException e) {
      return done(CompletableFuture.failedFuture(e));
    }
  }

  /** A timestamp of 0 stands for any. */
  @Override
  public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
    long sequence = metadata.sequenceNr();
    long timestamp = metadata.timestamp();
    long timestampMax = timestamp == 0 ? Long.MAX_VALUE : timestamp;
    return doDeleteAsync(
        metadata.persistenceId(),
        SnapshotSelectionCriteria.create(sequence, timestampMax, sequence, timestamp));
  }

  @Override
  public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
    return done(
        store.read(rows -> deletions(rows, persistenceId, criteria)).thenCompose(store::write));
  }

  private static List<Change> deletions(
      Rows rows, String persistenceId, SnapshotSelectionCriteria criteria) {
    var deletions = new ArrayList<Change>();
    visit(
        rows,
        persistenceId,
        criteria,
        (key, value) -> deletions.add(new Change.Delete(Table.SNAPSHOTS, key)));
    return deletions;
  }

  private static void visit(
      Rows rows, String persistenceId, SnapshotSelectionCriteria criteria, Rows.Visitor visitor) {
    rows.descending(
        Table.SNAPSHOTS,
        Keys.of(persistenceId, criteria.minSequenceNr()),
        Keys.of(persistenceId, criteria.maxSequenceNr()),
        (key, value) -> {
          long timestamp = SnapshotCodec.timestamp(value);
          boolean matches =
              timestamp >= criteria.minTimestamp() && timestamp <= criteria.maxTimestamp();
          return !matches || visitor.visit(key, value);
        });
  }

  private static Future<Void> done(CompletionStage<Done> written) {
    return FutureConverters.asScala(written.thenApply(done -> null));
  }
}
