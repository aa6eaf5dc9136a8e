package parley.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import parley.message.Positioned;
import parley.message.UserId;

/** The log of all that matters to a user: how far it reaches, and where its entries are. */
final class Mailbox {

  private final UserId owner;
  private final PositionIndex index;
  private final RecentEntries recent;
  private long latest;

  Mailbox(UserId owner, long latest, PositionIndex index, RecentEntries recent) {
    this.owner = owner;
    this.latest = latest;
    this.index = index;
    this.recent = recent;
    recent.startAt(latest + 1);
  }

  /** The position of the last entry; 0 when there is none. */
  long latest() {
    return latest;
  }

  PositionIndex index() {
    return index;
  }

  RecentEntries recent() {
    return recent;
  }

  /** Adds the next entry, which the journal has in the event of that sequence number. */
  void add(Positioned entry, long sequence, Instant at) {
    recent.add(entry);
    index.add(entry.pos(), sequence, at);
    latest = entry.pos();
  }

  /** The entries after the position: at most so many, and {@link Excerpt#ENTRIES_MAX}. */
  Excerpt next(long after, int limit) {
    long first = 1 + Math.clamp(after, 0, latest);
    long last = Math.min(latest, first - 1 + Math.clamp(limit, 1, Excerpt.ENTRIES_MAX));
    return excerpt(LongStream.rangeClosed(first, last).boxed().toList());
  }

  /** The entries at the given positions, which are ascending. */
  Excerpt excerpt(List<Long> positions) {
    var older = new ArrayList<Excerpt.JournalRange>();
    var atHand = new ArrayList<Positioned>();
    var stretch = new ArrayList<Long>();
    for (long pos : positions) {
      if (pos >= recent.first()) {
        atHand.add(recent.at(pos));
        continue;
      }
      if (!stretch.isEmpty() && index.stretch(stretch.getFirst()) != index.stretch(pos)) {
        older.add(range(stretch));
        stretch.clear();
      }
      stretch.add(pos);
    }
    if (!stretch.isEmpty()) {
      older.add(range(stretch));
    }
    return new Excerpt(owner, older, atHand);
  }

  private Excerpt.JournalRange range(List<Long> positions) {
    int stretch = index.stretch(positions.getFirst());
    // Without an end: a mark may be too low for one. Who reads stops with the last one wanted.
    return new Excerpt.JournalRange(index.from(stretch), Long.MAX_VALUE, positions);
  }
}
