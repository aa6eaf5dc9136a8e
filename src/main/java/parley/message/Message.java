package parley.message;

import java.time.Instant;

/**
 * One thing said by one user in one conversation.
 *
 * @param clientId the sender's own name for it; shown to nobody else
 */
public record Message(
    MessageId id, ConversationId conversation, UserId from, ClientId clientId, Content content)
    implements Entry {

  /** When its sender's actor accepted it, in milliseconds. */
  public Instant sentAt() {
    return id.saidAt();
  }

  @Override
  public int sizeBytes() {
    return content.sizeBytes();
  }
}
