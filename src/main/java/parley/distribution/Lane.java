package parley.distribution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import parley.message.Delivery;
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
  private Optional<Gap> gap = Optional.empty();
  private long gapSince;

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

  /** The first ones, as many as go into one message to the recipient; never none. */
  List<Delivery> take() {
    var chunk = new ArrayList<Delivery>();
    long bytes = 0;
    delivering = 0;
    for (var parcel : parcels) {
      long size = parcel.deliveries().stream().mapToLong(Consignment::sizeBytes).sum();
      boolean fits =
          chunk.size() + parcel.deliveries().size() <= Consignment.ENTRIES_MAX
              && bytes + size <= Consignment.BYTES_MAX;
      if (!chunk.isEmpty() && !fits) {
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
    gap = Optional.empty();
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

  /** There is a gap; since when, if it is the one that was found the last time. */
  long since(Gap found, long now) {
    if (!gap.equals(Optional.of(found))) {
      gap = Optional.of(found);
      gapSince = now;
    }
    return gapSince;
  }

  /**
   * Takes out what waits for the missing one, which itself stays if it is here; the parcels that
   * had some.
   */
  List<Parcel<T>> abandon(Gap found) {
    failures = 0;
    gap = Optional.empty();
    var touched = new ArrayList<Parcel<T>>();
    for (var parcel : parcels) {
      if (parcel.holds(found)) {
        break;
      }
      if (parcel.removeAfter(found)) {
        touched.add(parcel);
      }
    }
    parcels.removeIf(parcel -> parcel.deliveries().isEmpty());
    return touched;
  }
}
