package parley.wire;

import java.time.Instant;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.user.UserReply;

/** A message that is safe. */
public record SentView(
    MessageId id, ClientId clientId, ConversationId conversation, Instant sentAt) {

  /** What its sender is told. */
  public static SentView of(UserReply.Sent sent) {
    return new SentView(sent.id(), sent.clientId(), sent.conversation(), sent.id().saidAt());
  }
}
