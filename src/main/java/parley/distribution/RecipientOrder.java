package parley.distribution;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.message.UserId;
import parley.ops.Metrics;

/**
 * Delivers the records of one partition: to each recipient strictly in order, one message at a time
 * that brings all that is there for them by then; to different recipients at the same time, a
 * bounded number of them. Emits the place up to which all are done.
 *
 * <p>What fails is repeated, with growing pauses, until it succeeds; others go on meanwhile, as far
 * as the window reaches. What cannot be read becomes a dead letter, and a gap is passed over when
 * it was waited for long enough.
 *
 * <p>When the input ends, what is being delivered ends too, and the rest is left to whoever reads
 * the partition next.
 *
 * @param <T> what marks a place in the partition
 */
final class RecipientOrder<T> extends GraphStage<FlowShape<RecipientOrder.Arrival<T>, T>> {

  private static final Logger log = LoggerFactory.getLogger(RecipientOrder.class);

  private final Inlet<Arrival<T>> in = Inlet.create("RecipientOrder.in");
  private final Outlet<T> out = Outlet.create("RecipientOrder.out");
  private final KafkaSettings.Work settings;
  private final Desk desk;

  RecipientOrder(KafkaSettings.Work settings, Desk desk) {
    this.settings = settings;
    this.desk = desk;
  }

  /** A record, and its place in the partition. */
  record Arrival<T>(ConsumerRecord<String, byte[]> record, T place) {}

  /** What it works with. */
  record Desk(
      ConsignmentForm form, Mailboxes mailboxes, DeadLetters deadLetters, Metrics metrics) {}

  @Override
  public FlowShape<Arrival<T>, T> shape() {
    return FlowShape.of(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {

    private final PartitionWindow<T> window =
        new PartitionWindow<>(settings.windowRecordsMax(), settings.windowBytesMax());
    private final Map<UserId, Lane<T>> lanes = new HashMap<>();
    private final Queue<Lane<T>> ready = new ArrayDeque<>();
    private final Patience patience = new Patience(settings.gapPatience());
    private final AsyncCallback<Runnable> inside = createAsyncCallback(Runnable::run);
    private Optional<T> latest = Optional.empty();
    private int inFlight;
    private long warnedAt = System.nanoTime() - settings.retryMax().toNanos();

    Logic() {
      super(shape());
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              accept(grab(in));
              advance();
            }

            @Override
            public void onUpstreamFinish() {
              ready.clear();
              finishWhenQuiet();
            }
          });
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              emit();
            }
          });
    }

    /** A dead letter that is written again after a pause. */
    private record Burial<T>(Parcel<T> parcel, String reason, int failures) {}

    @Override
    public void preStart() {
      pull(in);
    }

    private void accept(Arrival<T> arrival) {
      switch (desk.form().read(arrival.record())) {
        case ConsignmentForm.Readable(Consignment consignment) -> {
          var parcel = new Parcel<>(arrival.record(), arrival.place(), consignment.deliveries());
          window.add(parcel);
          var lane = lanes.get(consignment.recipient());
          if (lane == null) {
            lane = new Lane<>(consignment.recipient());
            lanes.put(consignment.recipient(), lane);
            ready.add(lane);
          }
          lane.add(parcel);
        }
        case ConsignmentForm.Unreadable(String why) -> {
          var parcel = new Parcel<>(arrival.record(), arrival.place(), List.of());
          window.add(parcel);
          parcel.condemned();
          bury(new Burial<>(parcel, why, 0));
        }
      }
    }

    /** Does what can be done now: starts, reads on, and tells how far it has got. */
    private void advance() {
      while (!ready.isEmpty() && inFlight < settings.recipientsMax() && !isClosed(in)) {
        deliver(ready.remove());
      }
      window.advance().ifPresent(place -> latest = Optional.of(place));
      if (window.hasRoom() && !isClosed(in) && !hasBeenPulled(in)) {
        pull(in);
      }
      emit();
    }

    private void emit() {
      if (latest.isPresent() && isAvailable(out)) {
        push(out, latest.get());
        latest = Optional.empty();
      }
      finishWhenQuiet();
    }

    private void finishWhenQuiet() {
      if (isClosed(in) && inFlight == 0 && latest.isEmpty()) {
        completeStage();
      }
    }

    private void deliver(Lane<T> lane) {
      var deliveries = lane.take();
      attempt(
          () -> desk.mailboxes().deliver(lane.recipient(), deliveries, lane.lost()),
          failure -> {
            if (failure.isPresent()) {
              failed(lane, failure.get());
            } else {
              arrived(lane, deliveries.size());
            }
          });
    }

    private void arrived(Lane<T> lane, int deliveries) {
      long now = System.currentTimeMillis();
      desk.metrics().brought(deliveries);
      for (var parcel : lane.arrived()) {
        desk.metrics().waited(Duration.ofMillis(now - parcel.record().timestamp()));
      }
      if (lane.isEmpty()) {
        lanes.remove(lane.recipient());
      } else {
        ready.add(lane);
      }
    }

    private void failed(Lane<T> lane, Throwable cause) {
      desk.metrics().retried();
      int failures = lane.failed();
      if (cause instanceof MissingDelivery missing
          && patience.isOver(lane.recipient(), missing.gap(), lane.lacks())) {
        lane.lose(missing.gap());
      }
      warn(lane, failures, cause);
      scheduleOnce(lane, pause(failures));
    }

    /** One line in a while: when a store is down, this fails for all recipients. */
    private void warn(Lane<T> lane, int failures, Throwable cause) {
      long now = System.nanoTime();
      if (now - warnedAt > settings.retryMax().toNanos()) {
        warnedAt = now;
        log.warn(
            "Deliveries fail, will retry, recipient={} failures={} cause={}",
            lane.recipient(),
            failures,
            cause.toString());
      }
    }

    private void bury(Burial<T> burial) {
      attempt(
          () -> desk.deadLetters().bury(burial.parcel().record(), burial.reason()),
          failure -> {
            if (failure.isEmpty()) {
              burial.parcel().buried();
              return;
            }
            var next = new Burial<>(burial.parcel(), burial.reason(), burial.failures() + 1);
            log.warn("Dead letter not written, will retry, cause={}", failure.get().toString());
            scheduleOnce(next, pause(next.failures()));
          });
    }

    /** Does something that counts as in flight, and goes on with how it ended. */
    private void attempt(Supplier<CompletionStage<?>> work, Ended ended) {
      inFlight++;
      started(work)
          .whenComplete((done, failure) ->
              inside.invoke(() -> {
                inFlight--;
                ended.with(Optional.ofNullable(unwrap(failure)));
                advance();
              }));
    }

    @Override
    public void onTimer(Object key) {
      if (isClosed(in)) {
        return;
      }
      if (key instanceof Burial<?>) {
        @SuppressWarnings("unchecked")
        var burial = (Burial<T>) key;
        bury(burial);
        return;
      }
      @SuppressWarnings("unchecked")
      var lane = (Lane<T>) key;
      ready.add(lane);
      advance();
    }

    private Duration pause(int failures) {
      var pause = settings.retryMin().multipliedBy(1L << Math.min(failures - 1, 20));
      return pause.compareTo(settings.retryMax()) < 0 ? pause : settings.retryMax();
    }
  }

  /** What comes after an attempt. */
  @FunctionalInterface
  private interface Ended {
    void with(Optional<Throwable> failure);
  }

  private static CompletionStage<?> started(Supplier<CompletionStage<?>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
