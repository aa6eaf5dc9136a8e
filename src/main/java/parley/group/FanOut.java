package parley.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import parley.message.Entry;
import parley.message.UserId;

/**
 * What of a group is journaled and not yet known to be handed over, in order, and who left while it
 * was. Every parcel has a number: dense, from 1.
 *
 * <p>A group has no counters for its members: what a member gets has the group's own sequence, and
 * who is to get a parcel follows from who was a member at that place in the order. Parcels are
 * handed over in rounds, each of some parcels for all of their recipients, and a round in batches
 * of some recipients. How many recipients of a round are through is one number, since their order
 * follows from the round: so a crash in the middle repeats what came after the last mark and no
 * more.
 */
final class FanOut {

  private final Deque<Parcel> parcels = new ArrayDeque<>();
  private final List<Stay> departed = new ArrayList<>();
  private long last;
  private Mark mark;

  FanOut(long last, Mark mark, Collection<Parcel> pending, Collection<Stay> departed) {
    this.last = last;
    this.mark = mark;
    parcels.addAll(pending);
    this.departed.addAll(departed);
  }

  /**
   * One entry to hand over.
   *
   * @param order its place in the group's order; 0 for what is for one member alone
   * @param only whom it is for, if for one alone
   */
  record Parcel(long number, long order, Entry entry, Optional<UserId> only) {}

  /**
   * Somebody who was a member from one place in the order to another, both included, and is to get
   * what is pending of that.
   */
  record Stay(UserId user, long from, long until) {

    boolean covers(long order) {
      return from <= order && order <= until;
    }
  }

  /**
   * How far it has got.
   *
   * @param upTo the number up to which all have been handed over
   * @param roundUpTo the last number of the round under way; not above {@code upTo}: there is none
   * @param recipients how many of its recipients are through
   */
  record Mark(long upTo, long roundUpTo, int recipients) {

    static final Mark NOTHING = new Mark(0, 0, 0);

    boolean isInRound() {
      return roundUpTo > upTo;
    }
  }

  /** Puts in what all members are to get. */
  void add(long order, Entry entry) {
    parcels.add(new Parcel(++last, order, entry, Optional.empty()));
  }

  /** Puts in what one member is to get. */
  void add(UserId only, Entry entry) {
    parcels.add(new Parcel(++last, 0, entry, Optional.of(only)));
  }

  /** Somebody has left at that place in the order, after they had come at another one. */
  void depart(UserId user, long from, long until) {
    departed.add(new Stay(user, from, until));
  }

  /** Forgets what has been handed over. */
  void handedOver(Mark now) {
    mark = now;
    while (!parcels.isEmpty() && parcels.getFirst().number() <= now.upTo()) {
      parcels.removeFirst();
    }
    long first =
        parcels.stream()
            .filter(it -> it.order() > 0)
            .mapToLong(Parcel::order)
            .findFirst()
            .orElse(0);
    departed.removeIf(stay -> first == 0 || stay.until() < first);
  }

  /** All up to the number are handed over; of a round under way nothing new is known. */
  void handedOver(long upTo) {
    if (upTo > mark.upTo()) {
      handedOver(
          upTo >= mark.roundUpTo()
              ? new Mark(upTo, upTo, 0)
              : new Mark(upTo, mark.roundUpTo(), mark.recipients()));
    }
  }

  Mark mark() {
    return mark;
  }

  long last() {
    return last;
  }

  /** How many are in after the number. */
  long size(long after) {
    return parcels.isEmpty() ? 0 : last - Math.max(after, parcels.getFirst().number() - 1);
  }

  List<Parcel> pending() {
    return List.copyOf(parcels);
  }

  List<Stay> departed() {
    return List.copyOf(departed);
  }

  /** The parcels after the one number and up to the other, at most so many. */
  List<Parcel> between(long after, long upTo, int limit) {
    return parcels.stream()
        .filter(parcel -> parcel.number() > after && parcel.number() <= upTo)
        .limit(limit)
        .toList();
  }
}
