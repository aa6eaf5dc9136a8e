package parley.distribution;

import static java.util.concurrent.TimeUnit.SECONDS;

import akka.Done;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Gap;
import parley.message.UserId;

/**
 * Mailboxes in memory that keep the recipient's rule: each sequence once, what is there already is
 * just confirmed, a gap is refused. The test decides who does not answer.
 */
final class ScriptedMailboxes implements Mailboxes {

  private static final long WAIT_SECONDS = 60;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UserId, List<Delivery>> mailboxes = new HashMap<>();
  private final Map<UserId, Map<ConversationId, Long>> sequences = new HashMap<>();
  private final Map<UserId, CompletableFuture<Void>> held = new HashMap<>();
  private final Map<UserId, Integer> refusals = new HashMap<>();
  private final Map<UserId, Integer> lostAnswers = new HashMap<>();
  private final Map<UserId, Integer> calls = new HashMap<>();
  private final List<UserId> overlaps = new ArrayList<>();
  private final Map<UserId, Integer> underWay = new HashMap<>();
  private final List<Gap> passed = new ArrayList<>();
  private final List<Integer> passings = new ArrayList<>();
  private boolean keepsGaps;
  private int duplicates;

  @Override
  public CompletionStage<Done> deliver(
      UserId recipient, List<Delivery> deliveries, Optional<Gap> lost) {
    return locked(
            () -> {
              calls.merge(recipient, 1, Integer::sum);
              if (underWay.merge(recipient, 1, Integer::sum) > 1) {
                overlaps.add(recipient);
              }
              changed.signalAll();
              return held.getOrDefault(recipient, CompletableFuture.completedFuture(null));
            })
        .thenCompose(free -> take(recipient, deliveries, lost));
  }

  private CompletionStage<Done> take(
      UserId recipient, List<Delivery> deliveries, Optional<Gap> lost) {
    return locked(() -> {
      underWay.merge(recipient, -1, Integer::sum);
      if (count(refusals, recipient)) {
        return failed("down");
      }
      lost.ifPresent(gap -> pass(recipient, gap));
      for (var delivery : deliveries) {
        var conversation = delivery.entry().conversation();
        var known = sequences.computeIfAbsent(recipient, it -> new HashMap<>());
        long expected = known.getOrDefault(conversation, 0L) + 1;
        if (delivery.sequence() > expected
            && keepsGaps
            && lost.filter(gap -> gap.conversation().equals(conversation)).isPresent()) {
          mailboxes.computeIfAbsent(recipient, it -> new ArrayList<>()).add(delivery);
          continue;
        }
        if (delivery.sequence() > expected) {
          return CompletableFuture.failedFuture(
              new MissingDelivery(recipient, new Gap(conversation, expected, delivery.sequence())));
        }
        if (delivery.sequence() < expected) {
          duplicates++;
          continue;
        }
        known.put(conversation, expected);
        mailboxes.computeIfAbsent(recipient, it -> new ArrayList<>()).add(delivery);
      }
      changed.signalAll();
      return count(lostAnswers, recipient)
          ? failed("too late")
          : CompletableFuture.completedFuture(Done.getInstance());
    });
  }

  private void pass(UserId recipient, Gap lost) {
    var known = sequences.computeIfAbsent(recipient, it -> new HashMap<>());
    passed.add(lost);
    passings.add(calls.get(recipient));
    if (!keepsGaps) {
      known.merge(lost.conversation(), lost.found() - 1, Math::max);
    }
  }

  /** What is lost is passed over, and stays a gap. */
  void keepGaps() {
    locked(() -> keepsGaps = true);
  }

  private static CompletableFuture<Done> failed(String why) {
    return CompletableFuture.failedFuture(new IllegalStateException(why));
  }

  private static boolean count(Map<UserId, Integer> left, UserId recipient) {
    boolean hasSome = left.getOrDefault(recipient, 0) > 0;
    if (hasSome) {
      left.merge(recipient, -1, Integer::sum);
    }
    return hasSome;
  }

  /** The next so many deliveries to the recipient fail. */
  void refuse(UserId recipient, int times) {
    locked(() -> refusals.put(recipient, times));
  }

  /** The next so many deliveries to the recipient arrive, and nobody learns of it. */
  void loseAnswers(UserId recipient, int times) {
    locked(() -> lostAnswers.put(recipient, times));
  }

  /** The recipient does not answer until released. */
  void hold(UserId recipient) {
    locked(() -> held.put(recipient, new CompletableFuture<>()));
  }

  void release(UserId recipient) {
    locked(() -> held.remove(recipient)).complete(null);
  }

  /** What is in the mailbox, in order, once it is so many; fails when that takes too long. */
  List<Delivery> arrivals(UserId recipient, int count) {
    await(
        () -> in(recipient).size() >= count,
        () -> "%s has %d of %d".formatted(recipient, in(recipient).size(), count));
    return locked(() -> List.copyOf(in(recipient)));
  }

  /** Returns once that many attempts were made to deliver to the recipient. */
  void awaitCalls(UserId recipient, int count) {
    await(
        () -> calls.getOrDefault(recipient, 0) >= count,
        () -> "%s was called %d times".formatted(recipient, calls.getOrDefault(recipient, 0)));
  }

  /** The attempts that were made to deliver to the recipient. */
  int calls(UserId recipient) {
    return locked(() -> calls.getOrDefault(recipient, 0));
  }

  /** The gaps that were said to be lost. */
  List<Gap> passed() {
    return locked(() -> List.copyOf(passed));
  }

  /** Which attempts at the recipient passed over them. */
  List<Integer> passings() {
    return locked(() -> List.copyOf(passings));
  }

  /** What came again, although it was there. */
  int duplicates() {
    return locked(() -> duplicates);
  }

  /** Recipients that were brought something while they had not yet answered. */
  List<UserId> overlaps() {
    return locked(() -> List.copyOf(overlaps));
  }

  private List<Delivery> in(UserId recipient) {
    return mailboxes.getOrDefault(recipient, List.of());
  }

  private void await(BooleanSupplier condition, Supplier<String> state) {
    lock.lock();
    try {
      long left = SECONDS.toNanos(WAIT_SECONDS);
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          throw new AssertionError("Waited in vain: " + state.get());
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}
