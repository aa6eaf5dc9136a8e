package parley.message;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing said by one user in one conversation.
 *
 * @param clientId the sender's own name for it; shown to nobody else
 * @param replyTo the message of the same conversation that it answers
 */
public record Message(
    MessageId id,
    ConversationId conversation,
    UserId from,
    ClientId clientId,
    Content content,
    Optional<MessageId> replyTo)
    implements Entry {

  /** When its sender's actor accepted it, in milliseconds. */
  public Instant sentAt() {
    return id.saidAt();
  }

  /** The same message with another content. */
  public Message saying(Content other) {
    return new Message(id, conversation, from, clientId, other, replyTo);
  }

  @Override
  public int sizeBytes() {
    return content.sizeBytes();
  }
}
