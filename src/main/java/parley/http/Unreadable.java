package parley.http;

import java.util.concurrent.CompletionStage;

/** A store cannot be read for the moment: the same request may succeed later. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1;

  private Unreadable(String what, Throwable cause) {
    super(what + " cannot be read; try again", cause);
  }

  /** The same stage, whose failure is this one. */
  static <T> CompletionStage<T> unless(CompletionStage<T> read, String what) {
    return read.handle((value, failure) -> {
      if (failure != null) {
        throw new Unreadable(what, failure);
      }
      return value;
    });
  }
}
