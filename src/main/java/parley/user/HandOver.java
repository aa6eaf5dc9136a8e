package parley.user;

import akka.Done;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import parley.message.Failure;
import parley.message.Refusal;

/**
 * The way out of the outbox: one batch in flight at a time, so that order holds; what is put in
 * meanwhile makes the next one larger, so that throughput holds. A batch that fails is repeated,
 * with growing pauses, until it succeeds; nothing overtakes it.
 */
final class HandOver {

  private final Room room;
  private final UserSettings settings;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long upTo;
  private boolean inFlight;
  private Duration pause;

  HandOver(Room room) {
    this.room = room;
    this.settings = room.settings();
    this.pause = settings.retryMin();
  }

  /** Whoever is answered once the entry of that number is handed over. */
  private record Waiting(long number, Runnable done, Consumer<Refusal> busy, Instant until) {

    void refuse() {
      busy.accept(
          new Refusal(Failure.BUSY, "Not handed over yet; repeat it to learn what became of it"));
    }
  }

  /** The number up to which all are handed over, as far as this actor has learnt. */
  long upTo() {
    return upTo;
  }

  /** Whether there is nothing to hand over. */
  boolean isDone(Outbox outbox) {
    return outbox.size(upTo) == 0;
  }

  /**
   * Waits for the entry of that number.
   *
   * @param done runs when it is handed over
   * @param busy runs when that takes too long
   */
  void await(long number, Runnable done, Consumer<Refusal> busy) {
    if (waiting.size() == settings.outboxEntriesMax()) {
      waiting.removeFirst().refuse();
    }
    var until = room.clock().plus(settings.answerWithin());
    waiting.addLast(new Waiting(number, done, busy, until));
    refuseInTime(settings.answerWithin());
  }

  private void refuseInTime(Duration wait) {
    if (!room.timers().isTimerActive(User.RefuseUnsent.INSTANCE)) {
      room.timers().startSingleTimer(User.RefuseUnsent.INSTANCE, wait);
    }
  }

  /** Refuses those who have waited for too long, and comes back for the next of the others. */
  void refuseLate() {
    var now = room.clock();
    while (!waiting.isEmpty() && !waiting.getFirst().until().isAfter(now)) {
      waiting.removeFirst().refuse();
    }
    if (!waiting.isEmpty()) {
      refuseInTime(min(Duration.between(now, waiting.getFirst().until()), settings.answerWithin()));
    }
  }

  /** Hands over what is in the outbox, unless a batch is in flight or waits for its repetition. */
  void start(Outbox outbox) {
    if (inFlight || room.timers().isTimerActive(User.RetryHandOver.INSTANCE)) {
      return;
    }
    var batch = outbox.batch(upTo, settings.batchEntriesMax());
    if (batch.hasNone()) {
      return;
    }
    inFlight = true;
    long last = batch.upTo();
    // First the archive: who gets a message may soon ask it for what that one answers.
    var archived = archive(batch);
    var done =
        room.surroundings()
            .distributor()
            .distribute(batch.deliveries())
            .thenCombine(archived, (delivered, kept) -> delivered);
    room.context()
        .pipeToSelf(
            done,
            (value, failure) ->
                failure == null ? new User.HandedOver(last) : new User.NotHandedOver(failure));
  }

  private CompletionStage<Done> archive(Outbox.Batch batch) {
    var archive = room.surroundings().archive();
    var amendments = batch.amendments();
    var appended = archive.append(batch.messages());
    return amendments.isEmpty()
        ? appended
        : appended.thenCompose(done -> archive.amend(amendments));
  }

  /** The batch in flight has arrived: answers those who waited for it. */
  void succeeded(long last) {
    inFlight = false;
    pause = settings.retryMin();
    upTo = Math.max(upTo, last);
    var others = new ArrayList<Waiting>();
    for (var each : waiting) {
      if (each.number() <= upTo) {
        each.done().run();
      } else {
        others.add(each);
      }
    }
    waiting.clear();
    waiting.addAll(others);
  }

  /** The batch in flight has failed: repeats it after a pause. */
  void failed(Throwable cause) {
    room.context()
        .getLog()
        .warn("Hand-over failed, will retry, user={} pause={}", room.owner(), pause, cause);
    inFlight = false;
    room.timers().startSingleTimer(User.RetryHandOver.INSTANCE, pause);
    pause = min(pause.multipliedBy(2), settings.retryMax());
    refuseLate();
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Forgets what was in flight: the journal has been replayed, and says what is to be done. */
  void restart(Outbox outbox) {
    refuseAll();
    inFlight = false;
    room.timers().cancel(User.RetryHandOver.INSTANCE);
    start(outbox);
  }

  /** Refuses those who wait: what they wait for is handed over later. */
  void refuseAll() {
    waiting.forEach(Waiting::refuse);
    waiting.clear();
  }
}
