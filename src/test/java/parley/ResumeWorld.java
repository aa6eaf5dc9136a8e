package parley;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** What all devices share: the node, how far the test is, and what has been seen to be wrong. */
final class ResumeWorld {

  private final List<String> userIds;
  private final Duration sendEvery;
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong longestWaitNanos = new AtomicLong();
  private volatile boolean settling;
  private volatile URI node;

  /**
   * @param sendEvery how often a device says something, on average
   */
  ResumeWorld(URI node, List<String> userIds, Duration sendEvery) {
    this.node = node;
    this.userIds = userIds;
    this.sendEvery = sendEvery;
  }

  Duration sendEvery() {
    return sendEvery;
  }

  URI node() {
    return node;
  }

  void nodeIsAt(URI uri) {
    node = uri;
  }

  List<String> userIds() {
    return userIds;
  }

  /** From now on nothing new is sent, and no connection is cut. */
  void settle() {
    settling = true;
  }

  boolean isSettling() {
    return settling;
  }

  void end() {
    end.countDown();
  }

  boolean isRunning() {
    return end.getCount() > 0;
  }

  /** Waits for the time, or until the end. */
  void pause(Duration time) {
    try {
      var unused = end.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps the first thing that is wrong, and ends the test. */
  void failed(String device, Throwable cause) {
    failure.compareAndSet(null, new AssertionError(device + ": " + cause.getMessage(), cause));
    end();
  }

  void assertNotFailed() {
    if (failure.get() != null) {
      throw new AssertionError(failure.get().getMessage(), failure.get());
    }
  }

  void connected() {
    connections.incrementAndGet();
  }

  long connections() {
    return connections.get();
  }

  void waited(long nanos) {
    longestWaitNanos.accumulateAndGet(nanos, Math::max);
  }

  /** The longest that a send waited for its answer since this was last asked. */
  Duration takeLongestWait() {
    return Duration.ofNanos(longestWaitNanos.getAndSet(0));
  }
}
