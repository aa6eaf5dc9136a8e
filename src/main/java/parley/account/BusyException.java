package parley.account;

/** So many passwords wait to be hashed that one more would wait too long: try again later. */
public final class BusyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BusyException() {
    super("Too many passwords wait to be hashed");
  }
}
