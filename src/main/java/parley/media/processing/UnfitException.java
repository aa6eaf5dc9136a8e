package parley.media.processing;

import parley.message.Failure;
import parley.message.Refusal;

/** A medium that is not shown: broken, a bomb, or of a type that is not taken. */
final class UnfitException extends Exception {

  private final transient Refusal refusal;

  private UnfitException(Failure failure, String detail) {
    super(detail);
    refusal = new Refusal(failure, detail);
  }

  /** It cannot be read as what it says it is. */
  static UnfitException broken(String detail) {
    return new UnfitException(Failure.MEDIA_REFUSED, detail);
  }

  /** It would take more memory or time than there is for one medium. */
  static UnfitException tooLarge(String detail) {
    return new UnfitException(Failure.TOO_LARGE, detail);
  }

  /** Media of its type are not taken. */
  static UnfitException wrongType(String detail) {
    return new UnfitException(Failure.WRONG_TYPE, detail);
  }

  Refusal refusal() {
    return refusal;
  }
}
