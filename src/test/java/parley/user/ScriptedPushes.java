package parley.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.push.Notification;
import parley.push.PushSubscription;
import parley.push.Pushes;

/** Takes notifications and lets the test decide what becomes of them. */
final class ScriptedPushes implements Pushes {

  /** Long enough for a test to do two things in, and short enough to wait for. */
  static final Duration DELAY = Duration.ofMillis(200);

  private final LinkedBlockingQueue<Push> pushed = new LinkedBlockingQueue<>();

  record Push(PushSubscription device, Notification what, CompletableFuture<Fate> fate) {}

  @Override
  public CompletionStage<Fate> push(PushSubscription device, Notification what) {
    var push = new Push(device, what, new CompletableFuture<>());
    pushed.add(push);
    return push.fate();
  }

  @Override
  public Pace pace() {
    return new Pace(DELAY, DELAY);
  }

  /** The next notification, once it is there. */
  Push next() throws InterruptedException {
    var next = pushed.poll(5, TimeUnit.SECONDS);
    assertThat(next).as("a notification").isNotNull();
    return next;
  }

  /** Whether one comes within three times the delay. */
  boolean hasNext() throws InterruptedException {
    return pushed.poll(3 * DELAY.toMillis(), TimeUnit.MILLISECONDS) != null;
  }
}
