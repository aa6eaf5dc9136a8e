package parley.keys;

import akka.actor.typed.RecipientRef;
import parley.message.ConversationId;

/** The actors of all encrypted conversations, wherever they are. */
@FunctionalInterface
public interface MlsGroups {

  /** The actor of the conversation; it need not be awake, nor the conversation be encrypted. */
  RecipientRef<MlsCommand> of(ConversationId id);
}
