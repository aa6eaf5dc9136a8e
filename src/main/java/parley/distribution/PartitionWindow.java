package parley.distribution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What was read of a partition and is not committed: from the first record that is not done yet.
 *
 * @param <T> what marks a place in the partition
 */
final class PartitionWindow<T> {

  private final int recordsMax;
  private final int bytesMax;
  private final Deque<Parcel<T>> parcels = new ArrayDeque<>();
  private long bytes;

  PartitionWindow(int recordsMax, int bytesMax) {
    this.recordsMax = recordsMax;
    this.bytesMax = bytesMax;
  }

  boolean hasRoom() {
    return parcels.size() < recordsMax && bytes < bytesMax;
  }

  void add(Parcel<T> parcel) {
    parcels.add(parcel);
    bytes += parcel.sizeBytes();
  }

  /** Lets go of those at its beginning that are done; the place of the last of them. */
  Optional<T> advance() {
    Optional<T> place = Optional.empty();
    while (!parcels.isEmpty() && parcels.getFirst().isDone()) {
      var done = parcels.removeFirst();
      bytes -= done.sizeBytes();
      place = Optional.of(done.place());
    }
    return place;
  }
}
