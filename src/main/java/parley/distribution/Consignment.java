package parley.distribution;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.ArrayList;
import java.util.List;
import parley.message.Delivery;
import parley.message.UserId;

/**
 * What one record of the topic holds: deliveries for one recipient, in order; as many as go into
 * one message to the recipient's actor.
 *
 * <p>Records outlive a release: they are CBOR under the name below, which is never changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonTypeName("consignment")
public record Consignment(UserId recipient, List<Delivery> deliveries) {

  /** Bounds one write of a recipient, as {@code parley.user.batch-entries-max} does. */
  static final int ENTRIES_MAX = 256;

  /**
   * Bounds a message between nodes, of which Akka takes 256 KiB, and a record, of which Kafka takes
   * 1 MiB. A delivery with more content than this travels alone.
   */
  static final int BYTES_MAX = 160 * 1024;

  /** More than what a delivery takes beside its content: ids and names of fields. */
  static final int OVERHEAD_BYTES = 512;

  /** Throws {@link IllegalArgumentException} when that is not for one recipient. */
  public Consignment {
    if (recipient == null || deliveries == null || deliveries.isEmpty()) {
      throw new IllegalArgumentException("A consignment has a recipient and deliveries");
    }
    deliveries = List.copyOf(deliveries);
    for (var delivery : deliveries) {
      if (delivery.entry() == null || !recipient.equals(delivery.recipient())) {
        throw new IllegalArgumentException("A consignment has entries for one recipient");
      }
    }
  }

  /** The deliveries to one recipient, in order, in as few consignments as the bounds allow. */
  static List<Consignment> of(UserId recipient, List<Delivery> deliveries) {
    var parts = new ArrayList<Consignment>();
    var part = new ArrayList<Delivery>();
    long bytes = 0;
    for (var delivery : deliveries) {
      int size = sizeBytes(delivery);
      if (!part.isEmpty() && (part.size() == ENTRIES_MAX || bytes + size > BYTES_MAX)) {
        parts.add(new Consignment(recipient, part));
        part.clear();
        bytes = 0;
      }
      part.add(delivery);
      bytes += size;
    }
    parts.add(new Consignment(recipient, part));
    return parts;
  }

  /** At least the bytes that a delivery takes, on disk or between nodes. */
  static int sizeBytes(Delivery delivery) {
    return OVERHEAD_BYTES + delivery.entry().sizeBytes();
  }
}
