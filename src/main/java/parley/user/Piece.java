package parley.user;

import java.util.List;
import parley.message.Positioned;

/**
 * What was read of a mailbox at a time: as many entries as fit into so many bytes, at least one.
 *
 * @param entries ascending, from the first one asked for on, without a gap
 * @param sequence of the event in the journal that the last of them is in; 0: it came from memory
 */
public record Piece(List<Positioned> entries, long sequence) {

  public Piece {
    entries = List.copyOf(entries);
  }

  /** Those of the entries at hand that fit. */
  public static Piece of(List<Positioned> atHand, long bytesMax) {
    var allowance = new Allowance(bytesMax);
    return new Piece(atHand.stream().takeWhile(allowance::takes).toList(), 0);
  }

  /**
   * Where in the journal a reader that has taken all up to the position goes on: no entry after it
   * is before there.
   *
   * @param before what the reader knew of that
   */
  public long next(long taken, long before) {
    boolean isAllTaken = !entries.isEmpty() && entries.getLast().pos() <= taken;
    return isAllTaken ? Math.max(sequence, before) : before;
  }

  /** How much more may be taken. */
  static final class Allowance {

    private final long bytesMax;
    private long bytes;
    private boolean hasTaken;

    Allowance(long bytesMax) {
      this.bytesMax = bytesMax;
    }

    /** Whether the entry fits; to be asked in order, until it does not. */
    boolean takes(Positioned next) {
      bytes += next.entry().sizeBytes();
      boolean fits = bytes <= bytesMax || !hasTaken;
      hasTaken = true;
      return fits;
    }
  }
}
