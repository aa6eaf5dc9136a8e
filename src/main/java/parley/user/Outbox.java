package parley.user;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import parley.message.Amendment;
import parley.message.Delivery;
import parley.message.Entry;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Portion;

/**
 * What is journaled and not yet known to be handed over, in order. Every entry has a number: dense,
 * from 1.
 */
final class Outbox {

  private final Deque<Parcel> parcels = new ArrayDeque<>();
  private long last;

  /** An outbox whose last number was {@code last}, with these still in it. */
  Outbox(long last, Collection<Parcel> pending) {
    this.last = last;
    parcels.addAll(pending);
  }

  /**
   * One entry to hand over.
   *
   * @param delivery none for what goes to the archive alone
   */
  record Parcel(long number, Entry entry, Optional<Delivery> delivery) {}

  /** Puts an entry in, behind all others. */
  void add(Entry entry, Optional<Delivery> delivery) {
    last++;
    parcels.add(new Parcel(last, entry, delivery));
  }

  /** Forgets all up to the number: they have been handed over. */
  void handedOver(long upTo) {
    while (!parcels.isEmpty() && parcels.getFirst().number() <= upTo) {
      parcels.removeFirst();
    }
  }

  /** The number of the entry put in last; 0 when there was none. */
  long last() {
    return last;
  }

  /** How many are in after the number. */
  long size(long after) {
    return parcels.isEmpty() ? 0 : last - Math.max(after, parcels.getFirst().number() - 1);
  }

  /** The number of the message, if it is still in. */
  Optional<Long> find(MessageId id) {
    return parcels.stream()
        .filter(parcel -> parcel.entry() instanceof Message message && message.id().equals(id))
        .map(Parcel::number)
        .findAny();
  }

  /** The changes to the message that are in, in order. */
  List<Amendment> amendments(MessageId message) {
    return new Batch(List.copyOf(parcels))
        .amendments().stream().filter(it -> it.message().equals(message)).toList();
  }

  List<Parcel> pending() {
    return List.copyOf(parcels);
  }

  /** The first parcels after the number: a {@link Portion} of at most {@code limit}. */
  Batch batch(long after, int limit) {
    var rest = parcels.stream().dropWhile(parcel -> parcel.number() <= after).toList();
    return new Batch(Portion.first(rest, parcel -> parcel.entry().sizeBytes(), limit));
  }

  /** Parcels that are handed over together. */
  record Batch(List<Parcel> parcels) {

    boolean hasNone() {
      return parcels.isEmpty();
    }

    /** The number of the last of them. */
    long upTo() {
      return parcels.getLast().number();
    }

    List<Delivery> deliveries() {
      return parcels.stream().flatMap(parcel -> parcel.delivery().stream()).toList();
    }

    List<Message> messages() {
      return entries(Message.class);
    }

    List<Amendment> amendments() {
      return entries(Amendment.class);
    }

    private <E extends Entry> List<E> entries(Class<E> kind) {
      return parcels.stream().map(Parcel::entry).filter(kind::isInstance).map(kind::cast).toList();
    }
  }
}
