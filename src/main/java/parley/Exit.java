package parley;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process together with its node. SIGTERM and SIGINT stop the node in order, and the exit
 * code is 0; it is 1 when that fails or takes too long, and when the node has ended by itself or
 * could not start.
 */
final class Exit {

  private static final Logger log = LoggerFactory.getLogger(Exit.class);
  private static final int OK = 0;
  private static final int FAILED = 1;

  private final Parley parley;
  private final Duration stopTimeout;
  private final AtomicBoolean asked = new AtomicBoolean();
  private volatile boolean endedByItself;

  private Exit(Parley parley, Duration stopTimeout) {
    this.parley = parley;
    this.stopTimeout = stopTimeout;
  }

  /** From now on the process ends with the node, and the node with the process. */
  static void together(Parley parley, Duration stopTimeout) {
    var exit = new Exit(parley, stopTimeout);
    Runtime.getRuntime().addShutdownHook(new Thread(exit::stop, "parley-exit"));
    parley.ended().whenComplete((done, failure) -> exit.onEnded());
  }

  /** Runs while the process ends, on whatever signal or call made it end. */
  private void stop() {
    asked.set(true);
    int code = endedByItself || parley.couldNotStart() ? FAILED : stopInOrder();
    flushLog();
    // Without this the code would be the signal's, as if the stop had not been in order.
    Runtime.getRuntime().halt(code);
  }

  private int stopInOrder() {
    try {
      parley.stop().toCompletableFuture().get(stopTimeout.toMillis(), TimeUnit.MILLISECONDS);
      return OK;
    } catch (ExecutionException e) {
      log.error("The node could not be stopped in order", e.getCause());
    } catch (TimeoutException e) {
      log.error("The node could not be stopped in time, timeout={}", stopTimeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return FAILED;
  }

  private void onEnded() {
    // Who waits for the start has the reason, says it, and then ends the process.
    if (asked.get() || parley.couldNotStart()) {
      return;
    }
    endedByItself = true;
    log.error("The node has ended by itself");
    // Not on this thread: it belongs to the node, and exiting waits for the hook.
    new Thread(() -> System.exit(FAILED), "parley-ended").start();
  }

  private static void flushLog() {
    ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
    if (loggers instanceof ch.qos.logback.classic.LoggerContext logback) {
      logback.stop();
    }
    System.out.flush();
    System.err.flush();
  }
}
