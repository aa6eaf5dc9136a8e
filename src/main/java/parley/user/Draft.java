package parley.user;

import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Fingerprint;

/** A message before its sender's actor has accepted it. */
public record Draft(ClientId clientId, ConversationId conversation, Content content) {

  /** The same for a repeat, different for another message under the same client id. */
  long fingerprint() {
    return switch (content) {
      case Content.Text text -> Fingerprint.of(conversation + "\ntext\n" + text.text());
    };
  }
}
