package parley.embedded;

import akka.Done;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one commit of all writes that wait, whoever made them.
 *
 * <p>One thread takes what is queued, commits it with one sync, completes it, and finds queued what
 * has come meanwhile: the more writers, the larger the groups, so the cost of a sync is shared by
 * as many as there are and nobody waits for others to come.
 *
 * <ul>
 *   <li>Writes are committed in the order of their submission, each of them wholly in one group.
 *   <li>A stage completes when its write is durable, on the executor given, never on the writer.
 *   <li>After a failed commit nobody knows what the disk holds of it, and a commit after it would
 *       stand behind a hole: all that wait and all that come later fail. A restart clears it up.
 * </ul>
 */
final class GroupCommit implements AutoCloseable {

  /** How long a close waits for the disk. Longer than any healthy one takes for a full queue. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

  /** Where groups go. */
  interface Log {
    /** Makes all changes durable, or throws. */
    void commit(List<Change> changes);
  }

  private record Write(List<Change> changes, int sizeBytes, CompletableFuture<Done> done) {}

  private final Log log;
  private final EmbeddedSettings.Writing limits;
  private final Executor completions;
  private final Thread writer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Write> queue = new ArrayDeque<>();
  private long queuedBytes;
  private StoreException end;

  private volatile Commits commits = new Commits(0, 0, Duration.ZERO);

  GroupCommit(Log log, EmbeddedSettings.Writing limits, Executor completions) {
    this.log = log;
    this.limits = limits;
    this.completions = completions;
    this.writer = new Thread(this::run, "parley-embedded-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Writes all changes or none. Fails with {@link StoreException.Busy} when too much waits already,
   * and with {@link StoreException.Unavailable} after a failed commit or {@link #close}.
   */
  CompletionStage<Done> submit(List<Change> changes) {
    int size = changes.stream().mapToInt(Change::sizeBytes).sum();
    if (size > limits.queueBytesMax()) {
      throw new IllegalArgumentException(
          "A write of %d bytes is more than the whole write queue of %d takes"
              .formatted(size, limits.queueBytesMax()));
    }
    var write = new Write(changes, size, new CompletableFuture<>());
    lock.lock();
    try {
      if (end != null) {
        return CompletableFuture.failedFuture(end);
      }
      if (queuedBytes + size > limits.queueBytesMax()) {
        return CompletableFuture.failedFuture(
            new StoreException.Busy("%d bytes wait to be written".formatted(queuedBytes)));
      }
      queue.add(write);
      queuedBytes += size;
      changed.signal();
      return write.done;
    } finally {
      lock.unlock();
    }
  }

  /** What has been committed so far. */
  Commits commits() {
    return commits;
  }

  /** Whether writes are taken. */
  boolean isOpen() {
    lock.lock();
    try {
      return end == null;
    } finally {
      lock.unlock();
    }
  }

  /** Commits what is queued and takes no more. */
  @Override
  public void close() {
    refuse(new StoreException.Unavailable("The store has been closed"));
    try {
      if (!writer.join(CLOSE_TIMEOUT)) {
        throw new StoreException.Unavailable("The disk did not take the last writes in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException.Unavailable("Closing the store was interrupted", e);
    }
  }

  private void run() {
    for (var group = next(); !group.isEmpty(); group = next()) {
      commit(group);
    }
  }

  /** Waits for writes; an empty group when there will be none any more. */
  private List<Write> next() {
    lock.lock();
    try {
      while (queue.isEmpty() && end == null) {
        changed.awaitUninterruptibly();
      }
      var group = new ArrayList<Write>();
      long groupBytes = 0;
      while (!queue.isEmpty()
          && (group.isEmpty() || groupBytes + queue.peek().sizeBytes <= limits.groupBytesMax())) {
        groupBytes += queue.peek().sizeBytes;
        group.add(queue.remove());
      }
      queuedBytes -= groupBytes;
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void commit(List<Write> group) {
    var changes = new ArrayList<Change>(group.size());
    group.forEach(write -> changes.addAll(write.changes));
    long start = System.nanoTime();
    try {
      log.commit(changes);
    } catch (RuntimeException | Error e) {
      logger.error("Store stopped after a failed write, takes no more until it is restarted", e);
      fail(group, new StoreException.Unavailable("The store stopped after a failed write", e));
      return;
    }
    commits = commits.plus(group.size(), Duration.ofNanos(System.nanoTime() - start));
    complete(() -> group.forEach(write -> write.done.complete(Done.getInstance())));
  }

  private void fail(List<Write> group, StoreException cause) {
    refuse(cause);
    var failed = new ArrayList<>(group);
    lock.lock();
    try {
      failed.addAll(queue);
      queue.clear();
      queuedBytes = 0;
    } finally {
      lock.unlock();
    }
    complete(() -> failed.forEach(write -> write.done.completeExceptionally(cause)));
  }

  private void refuse(StoreException cause) {
    lock.lock();
    try {
      end = end == null ? cause : end;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void complete(Runnable completion) {
    try {
      completions.execute(completion);
    } catch (RejectedExecutionException e) {
      // The executor ends before us when everything ends: somebody may still wait for the answer.
      completion.run();
    }
  }
}
