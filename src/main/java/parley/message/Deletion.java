package parley.message;

import java.time.Instant;

/** A message was taken back, for everyone. */
public record Deletion(ConversationId conversation, MessageId message, UserId by, Instant at)
    implements Amendment {

  @Override
  public int sizeBytes() {
    return 0;
  }
}
