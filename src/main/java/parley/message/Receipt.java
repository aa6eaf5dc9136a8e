package parley.message;

import java.util.Optional;

/**
 * How far somebody has got with what they were sent: cumulative, all up to and including the named
 * message.
 *
 * @param by whose devices have it, or who has read it
 */
public record Receipt(
    ConversationId conversation, UserId by, Optional<MessageId> delivered, Optional<MessageId> read)
    implements Entry {

  @Override
  public int sizeBytes() {
    return 0;
  }
}
