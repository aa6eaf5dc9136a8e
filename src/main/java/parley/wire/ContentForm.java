package parley.wire;

import parley.message.Content;
import parley.message.Failure;
import parley.message.Media;
import parley.message.MediaId;

/** Content as clients send it: {@code "text":"…"}, or {@code "content":{"type":…}}. */
final class ContentForm {

  private ContentForm() {}

  /** The content; throws {@link RefusedInput} when it is missing, malformed or too large. */
  static Content read(Fields fields) {
    if (fields.has("text") && fields.has("content")) {
      throw fields.malformed("text", "either \"text\" or \"content\" is expected, not both");
    }
    var content =
        fields
            .optionalObject("content")
            .map(ContentForm::typed)
            .or(() -> fields.optionalValue("text", Content.Text::new))
            .orElseThrow(() -> fields.missing("text"));
    if (content.sizeBytes() > Content.SIZE_BYTES_MAX) {
      throw new RefusedInput(
          Failure.TOO_LARGE,
          "The content takes %d bytes, %d at most are allowed"
              .formatted(content.sizeBytes(), Content.SIZE_BYTES_MAX));
    }
    return content;
  }

  private static Content typed(Fields content) {
    return switch (content.text("type")) {
      case "text" -> content.value("text", Content.Text::new);
      case "media" ->
          Media.named(
              content.value("mediaId", MediaId::new),
              content.optionalText("caption").filter(caption -> !caption.isEmpty()));
      default -> throw content.malformed("type", "\"text\" or \"media\" is expected");
    };
  }
}
