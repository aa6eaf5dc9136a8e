package parley.message;

import java.time.Instant;

/** A message says something else now. */
public record Edit(
    ConversationId conversation, MessageId message, UserId by, Content content, Instant at)
    implements Amendment {

  @Override
  public int sizeBytes() {
    return content.sizeBytes();
  }
}
