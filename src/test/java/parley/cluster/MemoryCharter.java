package parley.cluster;

import akka.Done;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.archive.Charter;

/** A charter that tests can take away; it never passes by itself. */
final class MemoryCharter implements Charter {

  private Optional<Holder> held = Optional.empty();
  private boolean isAway;

  synchronized void heldBy(Holder holder) {
    held = Optional.of(holder);
  }

  synchronized void goAway() {
    isAway = true;
  }

  synchronized Optional<Holder> now() {
    return held;
  }

  private <T> CompletionStage<T> answer(T answer) {
    return isAway
        ? CompletableFuture.failedStage(new IllegalStateException("away"))
        : CompletableFuture.completedStage(answer);
  }

  @Override
  public synchronized CompletionStage<Optional<Holder>> holder() {
    return answer(held);
  }

  @Override
  public synchronized CompletionStage<Holder> claim(Holder claimant) {
    held = held.or(() -> isAway ? Optional.empty() : Optional.of(claimant));
    return answer(held.orElse(claimant));
  }

  @Override
  public synchronized CompletionStage<Holder> renew(Holder holder) {
    if (held.filter(it -> it.cluster().equals(holder.cluster())).isPresent()) {
      held = Optional.of(holder);
    }
    return claim(holder);
  }

  @Override
  public synchronized CompletionStage<Done> release(String contact) {
    held = held.filter(it -> !it.contact().equals(contact));
    return answer(Done.getInstance());
  }
}
