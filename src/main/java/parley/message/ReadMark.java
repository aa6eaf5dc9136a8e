package parley.message;

import java.time.Instant;

/**
 * A user has read a message: told to their own devices, so that all of them show the same.
 *
 * @param allBefore whether everything before it in the conversation counts as read too
 * @param at when the mark was made, in milliseconds
 */
public record ReadMark(
    ConversationId conversation, MessageId message, boolean allBefore, Instant at)
    implements Entry {

  /** Whether this mark made the message read, if it was not before. */
  public boolean covers(MessageId other) {
    return other.equals(message) || (allBefore && message.isAfter(other));
  }

  @Override
  public int sizeBytes() {
    return 0;
  }
}
