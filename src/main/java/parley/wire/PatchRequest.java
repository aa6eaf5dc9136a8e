package parley.wire;

import parley.message.Content;
import parley.message.Sealed;

/** Asks to change a message: for the reader what is read, for its sender what it says. */
public sealed interface PatchRequest {

  /** It has been read. */
  record Read() implements PatchRequest {}

  /** It says this now. */
  record Edit(Content content) implements PatchRequest {}

  /** Reads {@code {"text"}} or {@code {"content"}} as an edit, {@code {"read":true}} as that. */
  static PatchRequest read(Fields fields) {
    if (!fields.has("text") && !fields.has("content")) {
      ReadRequest.read(fields);
      return new Read();
    }
    if (fields.has("read")) {
      throw fields.malformed("read", "a message is edited or marked as read, not both at once");
    }
    var content = ContentForm.read(fields);
    if (content instanceof Sealed sealed && sealed.kind() != Sealed.Kind.APPLICATION) {
      throw fields.malformed("content.kind", "a message is edited by another application message");
    }
    return new Edit(content);
  }
}
