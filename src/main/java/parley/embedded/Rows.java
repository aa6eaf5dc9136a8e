package parley.embedded;

import java.util.Optional;

/**
 * The rows that have been committed, for one read. Keys are ordered as unsigned bytes; both ends of
 * a range belong to it. Not to be kept: it ends with the read that it was given to.
 */
public interface Rows {

  /** The value of the key; empty when there is none. */
  Optional<byte[]> get(Table table, byte[] key);

  /** Visits the range in order, until it ends or the visitor has enough. */
  void ascending(Table table, byte[] first, byte[] last, Visitor visitor);

  /** Visits the range from its end, until it ends or the visitor has enough. */
  void descending(Table table, byte[] first, byte[] last, Visitor visitor);

  /** Takes one row and says whether it wants the next one. */
  interface Visitor {
    boolean visit(byte[] key, byte[] value);
  }
}
