package parley.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import scala.concurrent.Await;
import scala.jdk.javaapi.FutureConverters;

@Timeout(60)
class WorkersTest {

  private static final int SIZE = 3;
  private static final int BACKLOG = 4;
  private static final Duration PATIENCE = Duration.ofMillis(5);
  private static final Duration NEVER = Duration.ofHours(1);

  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Workers> started = new ArrayList<>();

  private Workers workers(int size, Duration patience) {
    var workers =
        new Workers(
            new Workers.Limits(size, BACKLOG, patience),
            task -> {
              var thread = new Thread(task, "worker-under-test");
              thread.setDaemon(true);
              thread.setUncaughtExceptionHandler((it, failure) -> uncaught.add(failure));
              threads.add(thread);
              return thread;
            });
    started.add(workers);
    return workers;
  }

  @AfterEach
  void end() {
    started.forEach(Workers::shutdownNow);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("It has not come about in time").isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private void awaitAsleep() {
    await(() -> threads.stream().allMatch(WorkersTest::isAsleep));
  }

  private static boolean isAsleep(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void runsEachTaskOnceWhoeverSubmitsIt() throws InterruptedException {
    var workers = workers(SIZE, NEVER);
    int submitters = 4;
    int each = 50_000;
    var runs = new AtomicInteger();
    var done = new CountDownLatch(2 * submitters * each);
    Runnable task =
        () -> {
          runs.incrementAndGet();
          done.countDown();
        };
    for (int i = 0; i < submitters; i++) {
      Thread.ofPlatform()
          .start(() -> {
            for (int k = 0; k < each; k++) {
              workers.execute(() -> {
                task.run();
                workers.execute(task);
              });
            }
          });
    }

    awaitLatch(done);

    Thread.sleep(20);
    assertThat(runs).hasValue(2 * submitters * each);
  }

  @Test
  void beginsInTheOrderOfSubmission() {
    var workers = workers(1, NEVER);
    var begun = new ConcurrentLinkedQueue<Integer>();
    var done = new CountDownLatch(1000);

    IntStream.range(0, 1000)
        .forEach(number ->
            workers.execute(() -> {
              begun.add(number);
              done.countDown();
            }));

    awaitLatch(done);
    assertThat(begun).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void wakesUpForEachOneWhenAllAreAsleep() {
    var workers = workers(SIZE, NEVER);
    for (int i = 0; i < 20_000; i++) {
      var done = new CountDownLatch(1);
      workers.execute(done::countDown);
      awaitLatch(done);
    }
  }

  @Test
  void staysOnOneThreadWhileLittleWaits() {
    var workers = workers(SIZE, NEVER);
    awaitAsleep();
    var ranOn = ConcurrentHashMap.<Thread>newKeySet();
    var done = new CountDownLatch(1);

    workers.execute(() -> chain(workers, 10_000, ranOn, done));

    awaitLatch(done);
    assertThat(ranOn).hasSize(1);
  }

  private static void chain(Executor workers, int left, Set<Thread> ranOn, CountDownLatch done) {
    ranOn.add(Thread.currentThread());
    if (left == 0) {
      done.countDown();
    } else {
      workers.execute(() -> chain(workers, left - 1, ranOn, done));
    }
  }

  @Test
  void callsOneMoreWhenMuchWaits() {
    var workers = workers(SIZE, NEVER);
    awaitAsleep();
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var done = new CountDownLatch(BACKLOG + 1);
    workers.execute(() -> {
      begun.countDown();
      awaitLatch(goOn);
    });
    awaitLatch(begun);

    for (int i = 0; i <= BACKLOG; i++) {
      workers.execute(done::countDown);
    }

    awaitLatch(done);
    goOn.countDown();
  }

  @Test
  void callsOneMoreWhenNothingBeginsForLong() {
    var workers = workers(SIZE, PATIENCE);
    awaitAsleep();
    var goOn = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    workers.execute(() -> awaitLatch(goOn));

    workers.execute(done::countDown);

    awaitLatch(done);
    goOn.countDown();
  }

  @Test
  void standsInForWhoBlocks() {
    var workers = workers(1, NEVER);
    int blocked = 5;
    var goOn = new CompletableFuture<String>();
    var back = new CountDownLatch(blocked);
    var done = new CountDownLatch(1);

    for (int i = 0; i < blocked; i++) {
      workers.execute(() -> {
        result(goOn);
        back.countDown();
      });
    }
    workers.execute(done::countDown);

    awaitLatch(done);
    assertThat(back.getCount()).isEqualTo(blocked);
    goOn.complete("go on");
    awaitLatch(back);
    // The worker, and who watches it.
    await(() -> threads.stream().filter(Thread::isAlive).count() == 2);
    var still = new CountDownLatch(1);
    workers.execute(still::countDown);
    awaitLatch(still);
  }

  private static void result(CompletableFuture<String> future) {
    try {
      Await.result(FutureConverters.asScala(future), scala.concurrent.duration.Duration.Inf());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void needsSomeOfAll() {
    assertThatThrownBy(() -> new Workers.Limits(0, BACKLOG, PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Workers.Limits(SIZE, 0, PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Workers.Limits(SIZE, BACKLOG, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("patience must be above 0");
  }

  @Test
  void goesOnAfterTaskThatFails() {
    var workers = workers(1, NEVER);
    var failure = new IllegalStateException("as intended");
    var done = new CountDownLatch(1);

    workers.execute(() -> {
      throw failure;
    });
    workers.execute(done::countDown);

    awaitLatch(done);
    assertThat(uncaught).containsExactly(failure);
  }

  @Test
  void sleepsAfterTaskThatWasInterrupted() {
    var workers = workers(1, NEVER);

    workers.execute(() -> Thread.currentThread().interrupt());

    // Never seen so if it only comes to sleep to be woken at once.
    var inARow = new AtomicInteger();
    await(() ->
        threads.getFirst().getState() == Thread.State.WAITING
            ? inARow.incrementAndGet() == 50
            : inARow.getAndSet(0) < 0);
  }

  @Test
  void endsWhenAllThatWaitsIsDone() throws InterruptedException {
    var workers = workers(1, PATIENCE);
    var goOn = new CountDownLatch(1);
    var runs = new AtomicInteger();
    workers.execute(() -> awaitLatch(goOn));
    for (int i = 0; i < 100; i++) {
      workers.execute(runs::incrementAndGet);
    }

    workers.shutdown();

    assertThat(workers.isShutdown()).isTrue();
    assertThat(workers.isTerminated()).isFalse();
    assertThatThrownBy(() -> workers.execute(runs::incrementAndGet))
        .isInstanceOf(RejectedExecutionException.class);
    goOn.countDown();
    assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(runs).hasValue(100);
    await(() -> threads.stream().noneMatch(Thread::isAlive));
  }

  @Test
  void givesBackWhatWaitsWhenItEndsNow() throws InterruptedException {
    var workers = workers(1, NEVER);
    var begun = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    workers.execute(() -> {
      begun.countDown();
      awaitLatch(goOn);
    });
    awaitLatch(begun);
    Runnable waits = () -> {};
    workers.execute(waits);

    assertThat(workers.shutdownNow()).containsExactly(waits);

    goOn.countDown();
    assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }
}
