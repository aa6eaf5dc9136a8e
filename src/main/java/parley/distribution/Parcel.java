package parley.distribution;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import parley.message.Delivery;
import parley.message.Gap;

/**
 * One record of a partition on its way. It is done when all of its deliveries have arrived, or when
 * it is safe among the dead letters.
 *
 * @param <T> what marks its place in the partition
 */
final class Parcel<T> {

  private final ConsumerRecord<String, byte[]> record;
  private final T place;
  private final List<Delivery> deliveries;
  private boolean hasArrived;
  private int burials;

  Parcel(ConsumerRecord<String, byte[]> record, T place, List<Delivery> deliveries) {
    this.record = record;
    this.place = place;
    this.deliveries = deliveries;
    this.hasArrived = deliveries.isEmpty();
  }

  ConsumerRecord<String, byte[]> record() {
    return record;
  }

  T place() {
    return place;
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  /** The bytes that it takes in memory, more or less. */
  int sizeBytes() {
    return Consignment.OVERHEAD_BYTES + Math.max(0, record.serializedValueSize());
  }

  boolean isDone() {
    return hasArrived && burials == 0;
  }

  void arrived() {
    hasArrived = true;
  }

  /** It is to be a dead letter, and not yet one. */
  void condemned() {
    burials++;
  }

  void buried() {
    burials--;
  }

  /** Whether the missing one is in it. */
  boolean holds(Gap gap) {
    return deliveries.stream()
        .filter(it -> it.entry().conversation().equals(gap.conversation()))
        .anyMatch(it -> it.sequence() == gap.expected());
  }
}
