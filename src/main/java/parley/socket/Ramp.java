package parley.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import parley.media.Carriage;
import parley.user.Draft;

/** Drafts whose media are loaded, and those behind them: they go on in order. */
final class Ramp {

  private final Deque<Slot> slots = new ArrayDeque<>();
  private long first;

  /** One draft, and what came of loading it. */
  record Slot(Draft draft, Optional<Carriage.Loading> loading) {}

  boolean isEmpty() {
    return slots.isEmpty();
  }

  int size() {
    return slots.size();
  }

  /** Takes one more; its number. */
  long add(Draft draft) {
    boolean isLoaded = draft.content().carries().isEmpty();
    slots.addLast(
        new Slot(
            draft,
            Optional.<Carriage.Loading>of(new Carriage.Loaded(draft.content()))
                .filter(it -> isLoaded)));
    return first + slots.size() - 1;
  }

  /** The draft of that number is loaded; those that can go on now, in order. */
  List<Slot> loaded(long number, Carriage.Loading loading) {
    if (number < first) {
      return List.of();
    }
    var all = new ArrayList<>(slots);
    int index = (int) (number - first);
    all.set(index, new Slot(all.get(index).draft(), Optional.of(loading)));
    slots.clear();
    slots.addAll(all);
    var next = new ArrayList<Slot>();
    while (!slots.isEmpty() && slots.getFirst().loading().isPresent()) {
      next.add(slots.removeFirst());
      first++;
    }
    return next;
  }

  /** Gives up all of them; in order. */
  List<Draft> drop() {
    var dropped = slots.stream().map(Slot::draft).toList();
    first += slots.size();
    slots.clear();
    return dropped;
  }
}
