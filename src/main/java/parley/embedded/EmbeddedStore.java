package parley.embedded;

import akka.Done;
import akka.actor.ActorSystem;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.CoordinatedShutdown;
import akka.actor.Extension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RocksDB in one folder, for the journal, the snapshots and the archive of one node.
 *
 * <pre>
 * journal   / {persistence id} / {sequence 8}             => event, see {@link EventCodec}
 * deleted   / {persistence id}                            => {highest deleted sequence 8}
 * snapshots / {persistence id} / {sequence 8}             => snapshot, see {@link SnapshotCodec}
 * archive   / {conversation hash 8} / {message clock 8}   => message (CBOR)
 *
 * persistence id = {length 2} {UTF-8}; numbers are big-endian, so that bytes sort as numbers do
 * </pre>
 *
 * So the events of one persistence id are one range, in order, and none of another's begin with it.
 *
 * <p>A write that completed is on the disk: {@link GroupCommit} says how, and {@link LogCheck} what
 * a start finds after a crash. Reads see what is committed, on threads of their own, a bounded
 * number of them. After {@link #close} everything fails with {@link StoreException.Unavailable}.
 */
public final class EmbeddedStore implements Extension {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedStore.class);

  private final FolderLock folder;
  private final Database database;
  private final GroupCommit writes;
  private final ReadThreads reads;

  private EmbeddedStore(
      FolderLock folder, Database database, EmbeddedSettings settings, Executor completions) {
    this.folder = folder;
    this.database = database;
    this.writes = new GroupCommit(database, settings.writing(), completions);
    this.reads = new ReadThreads(settings.reading());
  }

  /**
   * The store of the actor system, opened by the first call: whoever starts a node calls it before
   * anything else does. Closed by the system's coordinated shutdown, when the shards have stopped.
   * Fails with a {@link StoreException} whose message is one sentence for the operator.
   */
  public static EmbeddedStore get(ClassicActorSystemProvider system) {
    return EmbeddedStoreId.INSTANCE.get(system);
  }

  /**
   * Opens a store outside an actor system. Stages of writes complete on the executor. Fails as
   * {@link #get} does.
   */
  public static EmbeddedStore open(EmbeddedSettings settings, Executor completions) {
    var folder = FolderLock.acquire(settings.folder());
    try {
      LogCheck.run(settings.folder());
      var database = Database.open(settings.folder(), settings);
      log.info("Opened the store, folder={} sync={}", settings.folder(), settings.sync());
      return new EmbeddedStore(folder, database, settings, completions);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  static EmbeddedStore openFor(ActorSystem system) {
    var settings = EmbeddedSettings.of(system.settings().config());
    var store = open(settings, system.dispatcher());
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "close-embedded-store",
            store::closeAside);
    // Where coordinated shutdown does not run, as in some tests, the end of the system does it.
    system.registerOnTermination(store::close);
    return store;
  }

  /**
   * Writes all changes or none; done when they are durable. Writes become durable in the order of
   * their calls. Fails with {@link StoreException.Busy} when too much waits already.
   */
  public CompletionStage<Done> write(List<Change> changes) {
    return changes.isEmpty()
        ? CompletableFuture.completedFuture(Done.getInstance())
        : writes.submit(changes);
  }

  /**
   * Runs the query on a thread for reads, where it may block; it should be short and read a bounded
   * number of rows. Fails with {@link StoreException.Busy} when too many wait already.
   */
  public <T> CompletionStage<T> read(Function<Rows, T> query) {
    return reads.run(() -> database.read(query));
  }

  /** What has been committed since it was opened: for metrics. */
  public Commits commits() {
    return writes.commits();
  }

  /** Whether it takes writes: false for good after a close or a failed write. */
  public boolean isOpen() {
    return writes.isOpen();
  }

  /** Commits what was accepted, then closes; blocks until then. Again: nothing happens. */
  public synchronized void close() {
    writes.close();
    reads.close();
    database.close();
    folder.close();
  }

  private CompletionStage<Done> closeAside() {
    var closed = new CompletableFuture<Done>();
    Runnable close =
        () -> {
          try {
            close();
            closed.complete(Done.getInstance());
          } catch (RuntimeException e) {
            closed.completeExceptionally(e);
          }
        };
    new Thread(close, "parley-embedded-close").start();
    return closed;
  }
}
