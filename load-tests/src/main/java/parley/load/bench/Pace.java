package parley.load.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import parley.load.client.Loop;

/** Lets messages be sent at a fixed rate, one sender after the other. */
final class Pace {

  private final Thread thread;
  private volatile boolean stopped;

  Pace(Loop loop, Talk talk, int senders, int perSecond) {
    thread = new Thread(() -> run(loop, talk, senders, perSecond), "load-pace");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Loop loop, Talk talk, int senders, int perSecond) {
    long start = System.nanoTime();
    long interval = Duration.ofSeconds(1).toNanos() / perSecond;
    for (long number = 0; !stopped; number++) {
      long due = start + number * interval;
      int sender = (int) (number % senders);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      loop.run(() -> talk.sendDue(sender, due));
    }
  }

  void stop() {
    stopped = true;
  }
}
