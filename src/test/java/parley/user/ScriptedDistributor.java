package parley.user;

import akka.Done;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.distribution.Distributor;
import parley.message.Delivery;
import parley.message.Entry;

/**
 * A distributor that the test decides for: a batch has arrived, or failed, when the test says so.
 */
public final class ScriptedDistributor implements Distributor {

  private final BlockingQueue<Attempt> attempts = new LinkedBlockingQueue<>();
  private final Queue<Attempt> taken = new ArrayDeque<>();
  private volatile boolean succeeds;

  public record Attempt(List<Delivery> batch, CompletableFuture<Done> arrival) {

    public void succeed() {
      arrival.complete(Done.getInstance());
    }

    public void fail() {
      arrival.completeExceptionally(new IllegalStateException("The distributor is down"));
    }
  }

  @Override
  public CompletionStage<Done> distribute(List<Delivery> batch) {
    var attempt = new Attempt(batch, new CompletableFuture<>());
    // First: the test that sees it may decide otherwise for the next ones.
    if (succeeds) {
      attempt.succeed();
    }
    attempts.add(attempt);
    return attempt.arrival();
  }

  /** From now on every batch arrives at once. */
  public void succeedAlways() {
    succeeds = true;
  }

  /** From now on the test decides again. */
  public void succeedNoMore() {
    succeeds = false;
  }

  /** The next batch in which there is an entry of that kind. */
  public Attempt nextThatBrings(Class<? extends Entry> kind) throws InterruptedException {
    var attempt = next();
    while (attempt.batch().stream().map(Delivery::entry).noneMatch(kind::isInstance)) {
      attempt = next();
    }
    return attempt;
  }

  /** The next batch that is handed over; fails when none comes within ten seconds. */
  public Attempt next() throws InterruptedException {
    var attempt = attempts.poll(10, TimeUnit.SECONDS);
    if (attempt == null) {
      throw new AssertionError("Nothing was handed over; before it: " + taken);
    }
    taken.add(attempt);
    return attempt;
  }

  /** Whether nothing else has been handed over so far. */
  public boolean isQuiet() {
    return attempts.isEmpty();
  }

  /** Forgets what was handed over so far. */
  public void forget() {
    attempts.clear();
  }
}
