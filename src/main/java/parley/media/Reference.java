package parley.media;

import java.time.Instant;
import java.util.Optional;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.UserId;

/**
 * A message that carries a medium.
 *
 * @param name the sender's own name for the send: with it one that is repeated stays one
 * @param message empty until the send was answered
 */
public record Reference(
    ConversationId conversation,
    UserId by,
    String name,
    Optional<MessageId> message,
    Instant at) {

  boolean isOf(UserId sender, String sendName) {
    return by.equals(sender) && name.equals(sendName);
  }

  Reference carriedBy(MessageId id) {
    return new Reference(conversation, by, name, Optional.of(id), at);
  }
}
