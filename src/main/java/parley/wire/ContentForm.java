package parley.wire;

import java.util.Optional;
import parley.message.Content;
import parley.message.Failure;
import parley.message.Media;
import parley.message.MediaId;
import parley.message.Opaque;
import parley.message.Sealed;

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
      case "sealed" -> sealed(content);
      default -> throw content.malformed("type", "\"text\", \"media\" or \"sealed\" is expected");
    };
  }

  private static Sealed sealed(Fields content) {
    var kind = content.optionalValue("kind", ContentForm::kind).orElse(Sealed.Kind.APPLICATION);
    Optional<Opaque> welcome = content.optionalValue("welcome", Opaque::new);
    var sealed =
        new Sealed(
            content.value("protocol", ContentForm::protocol),
            content.number("epoch"),
            kind,
            content.value("data", Opaque::new),
            welcome,
            content.values("media", Sealed.MEDIA_MOST, MediaId::new).stream().distinct().toList());
    if (welcome.isPresent() && !sealed.beginsEpoch()) {
      throw content.malformed("welcome", "only a commit has one");
    }
    return sealed;
  }

  private static Sealed.Protocol protocol(String text) {
    if (!text.equals("mls")) {
      throw new IllegalArgumentException("\"mls\" is expected");
    }
    return Sealed.Protocol.MLS;
  }

  private static Sealed.Kind kind(String text) {
    return switch (text) {
      case "application" -> Sealed.Kind.APPLICATION;
      case "proposal" -> Sealed.Kind.PROPOSAL;
      case "commit" -> Sealed.Kind.COMMIT;
      case "restart" -> Sealed.Kind.RESTART;
      case "reaction" -> Sealed.Kind.REACTION;
      default ->
          throw new IllegalArgumentException(
              "application, proposal, commit, restart or reaction is expected");
    };
  }
}
