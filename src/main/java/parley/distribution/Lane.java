package parley.distribution;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parley.message.Delivery;
import parley.message.Gap;
import parley.message.UserId;

/**
 * What one partition's window holds for one recipient, in order. The first few are delivered at a
 * time; while they fail, they stay the first.
 *
 * @param <T> what marks a place in the partition
 */
final class Lane<T> {

  private final UserId recipient;
  private final Deque<Parcel<T>> parcels = new ArrayDeque<>();
  private int delivering;
  private int failures;
  private OptionalLong lacksSince = OptionalLong.empty();
  private Optional<Gap> lost = Optional.empty();

  Lane(UserId recipient) {
    this.recipient = recipient;
  }

  UserId recipient() {
    return recipient;
  }

  boolean isEmpty() {
    return parcels.isEmpty();
  }

  void add(Parcel<T> parcel) {
    parcels.add(parcel);
  }

  /**
   * The first ones, as many as go into one message to the recipient; never none. One alone where a
   * gap is lost: another gap behind it must not hold it up.
   */
  List<Delivery> take() {
    var chunk = new ArrayList<Delivery>();
    long bytes = 0;
    delivering = 0;
    for (var parcel : parcels) {
      long size = parcel.deliveries().stream().mapToLong(Consignment::sizeBytes).sum();
      boolean fits =
          chunk.size() + parcel.deliveries().size() <= Consignment.ENTRIES_MAX
              && bytes + size <= Consignment.BYTES_MAX;
      if (!chunk.isEmpty() && (!fits || lost.isPresent())) {
        break;
      }
      chunk.addAll(parcel.deliveries());
      bytes += size;
      delivering++;
    }
    return chunk;
  }

  /** Those that were taken have arrived. They leave. */
  List<Parcel<T>> arrived() {
    failures = 0;
    if (lost.isEmpty()) {
      lacksSince = OptionalLong.empty();
    }
    lost = Optional.empty();
    var arrived = new ArrayList<Parcel<T>>();
    for (; delivering > 0; delivering--) {
      var parcel = parcels.removeFirst();
      parcel.arrived();
      arrived.add(parcel);
    }
    return arrived;
  }

  /** Those that were taken have failed, once more; how often now. */
  int failed() {
    delivering = 0;
    failures++;
    return failures;
  }

  /** There is a gap before the first ones; how long they have waited for this one or others. */
  Duration lacks() {
    long now = System.nanoTime();
    long since = lacksSince.orElse(now);
    lacksSince = OptionalLong.of(since);
    return Duration.ofNanos(now - since);
  }

  /** Nobody waits for the gap any more. When what is missing stands behind it, that comes first. */
  void lose(Gap found) {
    var behind = parcels.stream().skip(1).filter(parcel -> parcel.holds(found)).findFirst();
    behind.ifPresent(parcel -> {
      parcels.remove(parcel);
      parcels.addFirst(parcel);
    });
    lost = behind.isPresent() ? Optional.empty() : Optional.of(found);
  }

  /** The gap that is not waited for any more. */
  Optional<Gap> lost() {
    return lost;
  }
}
