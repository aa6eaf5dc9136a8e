package parley.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.UserId;

/**
 * What a device is told of a message that arrived.
 *
 * @param name the sender's, if this user has one for them
 * @param title the group's, if it was said in one
 * @param text the beginning of what was said, if it was said in words
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Notification(
    ConversationId conversation,
    MessageId message,
    UserId from,
    Optional<String> name,
    Optional<String> title,
    Optional<String> text) {

  /** A notification shows two or three lines, and all of it must fit into 4 KiB. */
  private static final int TEXT_CHARACTERS_MAX = 200;

  public Notification {
    text = text.map(Notification::shortened);
  }

  private static String shortened(String text) {
    if (text.codePointCount(0, text.length()) <= TEXT_CHARACTERS_MAX) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, TEXT_CHARACTERS_MAX - 1)) + "…";
  }

  /** Never what was said: a log line may hold this. */
  @Override
  public String toString() {
    return "Notification[" + message + "]";
  }
}
