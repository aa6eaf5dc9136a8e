package parley.embedded;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The threads that wait for the disk, so that no actor's thread does. */
final class ReadThreads implements AutoCloseable {

  private final ThreadPoolExecutor threads;

  ReadThreads(EmbeddedSettings.Reading limits) {
    threads =
        new ThreadPoolExecutor(
            limits.threads(),
            limits.threads(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.queueMax()),
            Thread.ofPlatform().daemon().name("parley-embedded-read-", 1).factory());
  }

  /** Fails with {@link StoreException.Busy} when too many wait, or after a close. */
  <T> CompletionStage<T> run(Supplier<T> read) {
    try {
      return CompletableFuture.supplyAsync(read, threads);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(refusal());
    }
  }

  private StoreException refusal() {
    return threads.isShutdown()
        ? new StoreException.Unavailable("The store has been closed")
        : new StoreException.Busy("%d reads wait".formatted(threads.getQueue().size()));
  }

  /** Takes no more; what was taken is still run, and fails once the database is closed. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
