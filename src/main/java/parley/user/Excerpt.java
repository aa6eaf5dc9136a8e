package parley.user;

import java.util.List;
import parley.message.CborSerializable;
import parley.message.Positioned;
import parley.message.UserId;

/**
 * A part of a mailbox: the entries that were at hand, and where in the journal the others are. What
 * is not at hand is read by whoever asked, with {@link MailboxReader}, so that bodies do not pass
 * through the actor.
 *
 * @param recent ascending by position; all after those that {@code older} names
 */
public record Excerpt(UserId user, List<JournalRange> older, List<Positioned> recent)
    implements CborSerializable {

  /** The most entries that one excerpt may hold: bounds what a reader keeps in memory. */
  public static final int ENTRIES_MAX = 500;

  public Excerpt {
    older = List.copyOf(older);
    recent = List.copyOf(recent);
  }

  /** The position of the last entry; there must be one. */
  public long last() {
    return recent.isEmpty() ? older.getLast().positions().getLast() : recent.getLast().pos();
  }

  /** The same for a reader that knows that none of it is before that event of the journal. */
  public Excerpt goingOnAt(long sequence) {
    return new Excerpt(
        user,
        older.stream()
            .map(range ->
                new JournalRange(Math.max(range.from, sequence), range.to, range.positions))
            .toList(),
        recent);
  }

  /**
   * Where wanted entries are in the user's journal.
   *
   * @param from the first sequence number to read
   * @param to the last one
   * @param positions those wanted, ascending
   */
  public record JournalRange(long from, long to, List<Long> positions) {

    public JournalRange {
      positions = List.copyOf(positions);
    }
  }
}
