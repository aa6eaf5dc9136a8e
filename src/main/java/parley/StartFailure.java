package parley;

/** A node cannot start. The message is one sentence for whoever operates it: what to do. */
public final class StartFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
