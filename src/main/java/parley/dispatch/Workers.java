package parley.dispatch;

import akka.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.CanAwait;

/**
 * The threads that actors run on, no more of them awake than there is work for.
 *
 * <p>A chat message passes through dozens of short turns of actors. A fork-join pool wakes a thread
 * for most of them, which finds its caches cold while the one before goes to sleep. Here who is
 * awake goes on with what is next; another one is called only when so much waits that it is worth
 * its while, or when nothing has begun for a while. After the schedulers of Go and of Tokio, which
 * throttle wake-ups (Carl Lerche, "Making the Tokio scheduler 10x faster", 2019).
 *
 * <p>Tasks begin in the order of their submission. For one that blocks and says so, as Scala's
 * {@code Await} does, another thread stands in. What blocks otherwise takes a thread from the rest.
 */
final class Workers extends AbstractExecutorService {

  /** The most that stand in at a time; each is a thread. */
  private static final int STAND_INS_MOST = 256;

  private final Limits limits;
  private final ThreadFactory threads;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger alive = new AtomicInteger();
  private final AtomicInteger awake = new AtomicInteger();
  private final AtomicInteger tooMany = new AtomicInteger();
  private final Deque<Worker> asleep = new ConcurrentLinkedDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean shutdown;

  /**
   * @param size threads
   * @param backlog tasks that wait for each thread that is awake before one more is called
   * @param patience nothing may begin for so long, while something waits, before one more is called
   */
  record Limits(int size, int backlog, Duration patience) {

    Limits {
      if (size < 1 || backlog < 1 || !patience.isPositive()) {
        throw new IllegalArgumentException(
            "Threads of actors: their number, backlog and patience must be above 0, not %d, %d, %s"
                .formatted(size, backlog, patience));
      }
    }
  }

  Workers(Limits limits, ThreadFactory threads) {
    this.limits = limits;
    this.threads = threads;
    for (int i = 0; i < limits.size(); i++) {
      begin();
    }
    threads.newThread(this::watch).start();
  }

  private void begin() {
    alive.incrementAndGet();
    awake.incrementAndGet();
    threads.newThread(new Worker()).start();
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (shutdown && tasks.remove(task)) {
      throw new RejectedExecutionException("The threads have ended");
    }
    int more = waiting.incrementAndGet();
    int now = awake.get();
    if (now < limits.size() && more > now * limits.backlog()) {
      call();
    }
  }

  /** Wakes the one who has slept least, whose caches are the warmest. */
  private void call() {
    var worker = asleep.poll();
    if (worker != null) {
      awake.incrementAndGet();
      worker.called = true;
      LockSupport.unpark(worker.thread);
    }
  }

  /** Calls one more when those who are awake have all been at something long. */
  private void watch() {
    Runnable before = null;
    while (!shutdown) {
      LockSupport.parkNanos(this, limits.patience().toNanos());
      var next = tasks.peek();
      if (next != null && next == before) {
        call();
      }
      before = next;
    }
  }

  private final class Worker implements Runnable, BlockContext {

    private volatile Thread thread;
    private volatile boolean called;

    @Override
    public void run() {
      thread = Thread.currentThread();
      BlockContext.withBlockContext(
          this,
          () -> {
            do {
              work();
            } while (!isTooMany() && sleep());
            return Done.getInstance();
          });
      if (alive.decrementAndGet() == 0) {
        ended.countDown();
      }
    }

    private void work() {
      for (var task = tasks.poll(); task != null; task = tasks.poll()) {
        waiting.decrementAndGet();
        try {
          task.run();
        } catch (Throwable e) {
          thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
      }
    }

    /** Another one takes this one's place until it is back; then there is one too many. */
    @Override
    public <T> T blockOn(Function0<T> task, CanAwait permission) {
      if (alive.get() >= limits.size() + STAND_INS_MOST) {
        return task.apply();
      }
      awake.decrementAndGet();
      begin();
      try {
        return task.apply();
      } finally {
        awake.incrementAndGet();
        tooMany.incrementAndGet();
      }
    }

    private boolean isTooMany() {
      if (tooMany.getAndUpdate(many -> Math.max(0, many - 1)) == 0) {
        return false;
      }
      leave();
      return true;
    }

    private void leave() {
      awake.decrementAndGet();
      if (!tasks.isEmpty()) {
        // Whoever submitted it may have counted on this one.
        call();
      }
    }

    /** Sleeps until called; false when there will be nothing any more. */
    private boolean sleep() {
      called = false;
      asleep.push(this);
      leave();
      while (!called) {
        if (shutdown) {
          return !tasks.isEmpty();
        }
        LockSupport.park(Workers.this);
        // Of a task that has ended; it would keep this one from sleeping.
        Thread.interrupted();
      }
      return true;
    }
  }

  @Override
  public void shutdown() {
    shutdown = true;
    asleep.forEach(worker -> LockSupport.unpark(worker.thread));
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    var left = new ArrayList<Runnable>();
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      left.add(task);
    }
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return ended.getCount() == 0;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return ended.await(timeout, unit);
  }
}
