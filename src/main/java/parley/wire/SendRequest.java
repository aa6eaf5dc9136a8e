package parley.wire;

import java.util.Optional;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.UserId;

/**
 * Asks to send a message.
 *
 * @param conversation one that concerns the sender
 * @param content at most {@link Content#SIZE_BYTES_MAX}
 * @param replyTo the message that it answers
 */
public record SendRequest(
    ConversationId conversation,
    Content content,
    Optional<ClientId> clientId,
    Optional<MessageId> replyTo) {

  /**
   * Reads {@code {"to","text"}} or {@code {"to","content"}}, and the sender's own name for it.
   *
   * @param clientIdField the key of that name: it differs between REST and the socket
   */
  public static SendRequest read(Fields fields, String clientIdField, UserId sender) {
    return new SendRequest(
        conversation(fields.text("to"), sender),
        content(fields),
        fields.optionalValue(clientIdField, ClientId::new),
        fields.optionalValue("replyTo", MessageId::parse));
  }

  private static ConversationId conversation(String to, UserId sender) {
    try {
      if (!to.contains(":")) {
        return ConversationId.between(sender, new UserId(to));
      }
      var conversation = ConversationId.parse(to);
      if (!conversation.concerns(sender)) {
        throw new RefusedInput(
            Failure.UNKNOWN_RECIPIENT, "The field \"to\": that conversation is not the sender's");
      }
      return conversation;
    } catch (IllegalArgumentException e) {
      throw new RefusedInput(
          Failure.UNKNOWN_RECIPIENT, "The field \"to\" is no recipient: " + e.getMessage());
    }
  }

  private static Content content(Fields fields) {
    if (fields.has("text") && fields.has("content")) {
      throw fields.malformed("text", "either \"text\" or \"content\" is expected, not both");
    }
    var content =
        fields
            .optionalObject("content")
            .map(SendRequest::typedContent)
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

  private static Content typedContent(Fields content) {
    return switch (content.text("type")) {
      case "text" -> content.value("text", Content.Text::new);
      default -> throw content.malformed("type", "\"text\" is expected");
    };
  }
}
