package parley.embedded;

/** The store did not do what it was asked. The message is one sentence for the operator. */
public abstract sealed class StoreException extends RuntimeException {

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Too much is waiting already: nothing was done, and the same may succeed in a moment. */
  public static final class Busy extends StoreException {
    Busy(String message) {
      super(message, null);
    }
  }

  /** The store cannot be opened, has been closed, or has stopped after a failed write. */
  public static final class Unavailable extends StoreException {
    Unavailable(String message) {
      super(message, null);
    }

    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What is on the disk is not what was written there. The message names the place. */
  public static final class Damaged extends StoreException {
    Damaged(String message) {
      super(message, null);
    }

    Damaged(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
