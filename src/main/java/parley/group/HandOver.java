package parley.group;

import akka.Done;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way out of a group: one batch in flight at a time, so that every member gets all in the one
 * order; what is said meanwhile waits for the next round. A batch that fails is repeated, with
 * growing pauses, until it succeeds; nothing overtakes it. The group itself goes on meanwhile.
 */
final class HandOver {

  private final ActorContext<GroupCommand> context;
  private final TimerScheduler<GroupCommand> timers;
  private final Group.Surroundings surroundings;
  private final GroupSettings settings;
  private Optional<Round> round = Optional.empty();
  private long upTo;
  private int recipients;
  private int unmarked;
  private boolean archived;
  private boolean inFlight;

  /** Names the batch in flight: one of before a failed write may still answer. */
  private long batch;

  private Duration pause;

  HandOver(
      ActorContext<GroupCommand> context,
      TimerScheduler<GroupCommand> timers,
      Group.Surroundings surroundings) {
    this.context = context;
    this.timers = timers;
    this.surroundings = surroundings;
    this.settings = surroundings.settings();
    this.pause = settings.retryMin();
  }

  /** The number up to which all are handed over, as far as this actor has learnt. */
  long upTo() {
    return upTo;
  }

  /** Whether there is nothing to hand over. */
  boolean isDone(GroupState state) {
    return state.out().size(upTo) == 0;
  }

  /** Hands over what is there, unless a batch is in flight or waits for its repetition. */
  void start(GroupState state) {
    if (inFlight || timers.isTimerActive(Group.Retry.INSTANCE) || !hasRound(state)) {
      return;
    }
    inFlight = true;
    long number = ++batch;
    var now = round.orElseThrow();
    int until = recipients + now.recipientsWithin(settings.batchDeliveriesMax());
    var deliveries = now.deliveries(recipients, until);
    // First the archive: who gets a message may soon ask it for what that one answers.
    var done = archive(now).thenCompose(kept -> surroundings.distributor().distribute(deliveries));
    context.pipeToSelf(
        done,
        (value, failure) ->
            failure == null
                ? new Group.BatchDone(number, Math.min(until, now.size()), deliveries.size())
                : new Group.BatchFailed(number, failure));
  }

  private boolean hasRound(GroupState state) {
    if (round.isEmpty()) {
      var parcels = state.out().between(upTo, Long.MAX_VALUE, settings.roundEntriesMax());
      if (!parcels.isEmpty()) {
        begin(new Round(parcels, state.out(), state.roster()), 0);
      }
    }
    return round.isPresent();
  }

  private void begin(Round next, int through) {
    round = Optional.of(next);
    recipients = through;
    archived = false;
  }

  private CompletionStage<Done> archive(Round now) {
    if (archived) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    var archive = surroundings.archive();
    var messages = now.messages();
    var amendments = now.amendments();
    var appended =
        messages.isEmpty()
            ? CompletableFuture.completedStage(Done.getInstance())
            : archive.append(messages);
    return amendments.isEmpty()
        ? appended
        : appended.thenCompose(done -> archive.amend(amendments));
  }

  /** Whether it is that batch which is in flight. */
  boolean isInFlight(long number) {
    return inFlight && number == batch;
  }

  /** The batch in flight has arrived. */
  void succeeded(Group.BatchDone done) {
    inFlight = false;
    archived = true;
    pause = settings.retryMin();
    recipients = done.recipients();
    unmarked += done.deliveries();
    var now = round.orElseThrow();
    if (recipients >= now.size()) {
      upTo = now.upTo();
      round = Optional.empty();
      recipients = 0;
    }
  }

  /** Whether so much has been handed over that the journal should know, lest it be repeated. */
  boolean isMarkDue() {
    return unmarked >= settings.markEveryDeliveries();
  }

  /** How far it has got: for the journal. */
  GroupEvent.HandedOver mark(Instant at) {
    unmarked = 0;
    return new GroupEvent.HandedOver(upTo, round.map(Round::upTo).orElse(upTo), recipients, at);
  }

  /** The batch in flight has failed: repeats it after a pause. */
  void failed(Throwable cause, GroupState state) {
    context
        .getLog()
        .warn("Hand-over failed, will retry, group={} pause={}", state.id(), pause, cause);
    inFlight = false;
    timers.startSingleTimer(Group.Retry.INSTANCE, pause);
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(settings.retryMax()) < 0 ? doubled : settings.retryMax();
  }

  /** Goes on where the journal says that it was: in the middle of a round, if it was there. */
  void restart(GroupState state) {
    inFlight = false;
    unmarked = 0;
    timers.cancel(Group.Retry.INSTANCE);
    var mark = state.out().mark();
    upTo = mark.upTo();
    round = Optional.empty();
    if (mark.isInRound()) {
      var parcels = state.out().between(upTo, mark.roundUpTo(), Integer.MAX_VALUE);
      begin(new Round(parcels, state.out(), state.roster()), mark.recipients());
    }
    start(state);
  }
}
