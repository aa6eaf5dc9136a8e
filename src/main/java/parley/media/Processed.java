package parley.media;

import java.util.List;
import parley.message.Refusal;

/** What came of looking at a medium. */
public sealed interface Processed {

  /**
   * It may be shown.
   *
   * @param variants all forms to keep; {@code original} is among them
   */
  record Ready(Description description, List<Variant> variants) implements Processed {

    public Ready {
      variants = List.copyOf(variants);
    }
  }

  /** It is not kept: what is wrong with it. */
  record Refused(Refusal reason) implements Processed {}
}
