package parley.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import parley.message.UserId;
import parley.user.UserReply.Period;

/** Whom a user knows, by an own name, and whom they have blocked, and when. */
final class Contacts {

  /** The most contacts, and the most users blocked now or earlier. */
  static final int MOST = 10_000;

  /** The most users in one answer: with the longest names some 250 KiB. */
  static final int PAGE_MOST = 500;

  /** The most periods kept of one user's blocks; one more joins the two oldest. */
  static final int PERIODS_MOST = 100;

  /** When so many are kept of all, one more joins the two oldest of the same user. */
  static final int ALL_PERIODS_MOST = 10_000;

  private final Map<UserId, String> names;
  private final Map<UserId, List<Period>> blocks = new LinkedHashMap<>();
  private int allPeriods;

  Contacts(Map<UserId, String> names, Map<UserId, List<Period>> blocks) {
    this.names = new TreeMap<>(names);
    blocks.forEach((other, periods) -> this.blocks.put(other, new ArrayList<>(periods)));
    this.allPeriods = blocks.values().stream().mapToInt(List::size).sum();
  }

  void put(UserId contact, String name) {
    names.put(contact, name);
  }

  void remove(UserId contact) {
    names.remove(contact);
  }

  Map<UserId, String> names() {
    return Map.copyOf(names);
  }

  /** A part of contacts and blocks, by user id. */
  UserReply.ContactList page(Optional<UserId> after) {
    Predicate<UserId> isLater = id -> after.isEmpty() || id.compareTo(after.get()) > 0;
    var later =
        Stream.concat(names.keySet().stream(), blocked().stream())
            .filter(isLater)
            .distinct()
            .sorted()
            .limit(PAGE_MOST + 1)
            .toList();
    var page = later.subList(0, Math.min(PAGE_MOST, later.size()));
    var named = new HashMap<UserId, String>();
    page.stream().filter(names::containsKey).forEach(id -> named.put(id, names.get(id)));
    return new UserReply.ContactList(
        named,
        page.stream().filter(this::isBlocked).toList(),
        later.size() > PAGE_MOST ? Optional.of(page.getLast()) : Optional.empty());
  }

  boolean hasRoomFor(UserId contact) {
    return names.size() < MOST || names.containsKey(contact);
  }

  boolean canBlock(UserId other) {
    return blocks.size() < MOST || blocks.containsKey(other);
  }

  void block(UserId other, Instant at) {
    var periods = blocks.computeIfAbsent(other, it -> new ArrayList<>());
    if (periods.size() == PERIODS_MOST || periods.size() > 1 && allPeriods >= ALL_PERIODS_MOST) {
      var second = periods.remove(1);
      periods.set(0, new Period(periods.getFirst().from(), second.until()));
      allPeriods--;
    }
    periods.add(new Period(at, Optional.empty()));
    allPeriods++;
  }

  void unblock(UserId other, Instant at) {
    var periods = blocks.get(other);
    periods.add(new Period(periods.removeLast().from(), Optional.of(at)));
  }

  /** Whether what the other one sends now is passed over. */
  boolean isBlocked(UserId other) {
    var periods = blocks.get(other);
    return periods != null && periods.getLast().until().isEmpty();
  }

  /** Those who are blocked now. */
  List<UserId> blocked() {
    return blocks.keySet().stream().filter(this::isBlocked).sorted().toList();
  }

  /** When the other one was blocked. */
  List<Period> hidden(UserId other) {
    return List.copyOf(blocks.getOrDefault(other, List.of()));
  }

  /** When who was blocked: a copy, which a snapshot may be written from later. */
  Map<UserId, List<Period>> blocks() {
    var copy = new LinkedHashMap<UserId, List<Period>>();
    blocks.forEach((other, periods) -> copy.put(other, List.copyOf(periods)));
    return copy;
  }
}
