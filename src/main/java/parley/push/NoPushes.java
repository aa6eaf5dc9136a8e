package parley.push;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Of a node that sends no notifications. */
public record NoPushes() implements Pushes {

  @Override
  public CompletionStage<Fate> push(PushSubscription device, Notification what) {
    return completedStage(Fate.DROPPED);
  }

  @Override
  public Pace pace() {
    return new Pace(Duration.ofHours(1), Duration.ofHours(1));
  }
}
