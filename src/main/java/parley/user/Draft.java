package parley.user;

import java.util.Optional;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Fingerprint;
import parley.message.MessageId;

/**
 * A message before its sender's actor has accepted it.
 *
 * @param replyTo the message of the same conversation that it answers
 */
public record Draft(
    ClientId clientId, ConversationId conversation, Content content, Optional<MessageId> replyTo) {

  /** The same for a repeat, different for another message under the same client id. */
  long fingerprint() {
    var head = conversation + "\n" + replyTo.map(MessageId::toString).orElse("");
    return switch (content) {
      case Content.Text text -> Fingerprint.of(head + "\ntext\n" + text.text());
    };
  }
}
