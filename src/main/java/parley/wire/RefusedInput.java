package parley.wire;

import parley.message.Failure;
import parley.message.Refusal;

/**
 * What a client sent cannot be accepted as it stands; the refusal says why. It is thrown while
 * input is read, so that what is read is right by its type, and is answered at one place.
 */
public sealed class RefusedInput extends RuntimeException permits NotJson {

  private final transient Refusal refusal;

  /** Without a stack trace: it tells of the client, not of this program. */
  public RefusedInput(Failure failure, String detail) {
    super(detail, null, false, false);
    this.refusal = new Refusal(failure, detail);
  }

  /** What the client is told. */
  public Refusal refusal() {
    return refusal;
  }
}
