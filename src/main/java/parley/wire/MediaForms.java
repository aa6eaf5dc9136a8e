package parley.wire;

import java.util.Optional;
import parley.message.MediaId;

/** What requests say of media. */
final class MediaForms {

  private MediaForms() {}

  /** A media id, or an empty text, which takes a picture away. */
  static Optional<String> picture(Fields fields) {
    return fields.optionalValue(
        "picture", text -> text.isEmpty() ? text : new MediaId(text).value());
  }
}
