package parley.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import parley.message.Amendment;
import parley.message.Delivery;
import parley.message.Entry;
import parley.message.Message;
import parley.message.UserId;

/**
 * Some parcels, and all that are to get something of them: first whoever said it, since they wait
 * for their own copy, then the others by user id. The same again after a crash: who comes meanwhile
 * has no part in it, and who leaves still has.
 */
final class Round {

  private final List<FanOut.Parcel> parcels;
  private final Map<UserId, List<FanOut.Stay>> stays = new HashMap<>();
  private final List<UserId> recipients;

  Round(List<FanOut.Parcel> parcels, FanOut out, Roster roster) {
    this.parcels = parcels;
    long from = orders(true);
    long upTo = orders(false);
    out.departed().stream()
        .filter(stay -> stay.from() <= upTo && stay.until() >= from)
        .forEach(this::add);
    if (upTo > 0) {
      roster
          .members()
          .forEach((user, member) -> {
            if (member.order() <= upTo) {
              add(new FanOut.Stay(user, member.order(), Long.MAX_VALUE));
            }
          });
    }
    this.recipients = inOrder();
  }

  private long orders(boolean first) {
    var orders = parcels.stream().mapToLong(FanOut.Parcel::order).filter(order -> order > 0);
    return (first ? orders.min() : orders.max()).orElse(0);
  }

  private void add(FanOut.Stay stay) {
    stays.computeIfAbsent(stay.user(), it -> new ArrayList<>(1)).add(stay);
  }

  private List<UserId> inOrder() {
    Set<UserId> concerned = new TreeSet<>(stays.keySet());
    parcels.forEach(parcel -> parcel.only().ifPresent(concerned::add));
    var ordered = new LinkedHashSet<UserId>();
    for (var parcel : parcels) {
      author(parcel.entry()).stream().filter(concerned::contains).forEach(ordered::add);
    }
    ordered.addAll(concerned);
    return List.copyOf(ordered);
  }

  private static List<UserId> author(Entry entry) {
    return switch (entry) {
      case Message message -> List.of(message.from());
      case Amendment amendment -> List.of(amendment.by());
      default -> List.of();
    };
  }

  /** The number of its last parcel. */
  long upTo() {
    return parcels.getLast().number();
  }

  List<Message> messages() {
    return entries(Message.class);
  }

  List<Amendment> amendments() {
    return entries(Amendment.class);
  }

  private <E extends Entry> List<E> entries(Class<E> kind) {
    return parcels.stream()
        .map(FanOut.Parcel::entry)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  int size() {
    return recipients.size();
  }

  /** How many recipients one batch may have, for about so many deliveries. */
  int recipientsWithin(int deliveries) {
    return Math.max(1, deliveries / parcels.size());
  }

  /** All that some of its recipients get, for each in order. */
  List<Delivery> deliveries(int fromRecipient, int toRecipient) {
    var deliveries = new ArrayList<Delivery>();
    for (var recipient : recipients.subList(fromRecipient, Math.min(toRecipient, size()))) {
      var theirs = stays.getOrDefault(recipient, List.of());
      for (var parcel : parcels) {
        if (parcel.only().filter(recipient::equals).isPresent()) {
          deliveries.add(new Delivery(recipient, parcel.number(), parcel.entry()));
        } else if (parcel.order() > 0) {
          add(deliveries, parcel, theirs);
        }
      }
    }
    return deliveries;
  }

  private static void add(
      List<Delivery> deliveries, FanOut.Parcel parcel, List<FanOut.Stay> stays) {
    for (var stay : stays) {
      if (stay.covers(parcel.order())) {
        boolean begins = stay.from() == parcel.order();
        deliveries.add(new Delivery(stay.user(), parcel.order(), parcel.entry(), begins));
      }
    }
  }
}
