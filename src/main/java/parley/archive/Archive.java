package parley.archive;

import akka.Done;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;

/**
 * The history of every conversation: one row for each message, however many have it in their
 * mailbox.
 *
 * <p>Whoever asks is trusted: who may read what is decided by the reader's own actor. All stages
 * fail with the store's exception when the store does; asking again is then safe.
 */
public interface Archive {

  /** The most messages that one page may hold. */
  int PAGE_MAX = 500;

  /** Done when all are durable. Appending a message again changes nothing. */
  CompletionStage<Done> append(List<Message> messages);

  /** The message of this id, however old; empty when there is none. */
  CompletionStage<Optional<Message>> find(MessageId id);

  /**
   * The latest messages before the given one, newest first: at most {@code limit}, fewer only at
   * the beginning of the conversation. {@code before} need not exist.
   */
  CompletionStage<List<Message>> page(ConversationId conversation, MessageId before, int limit);
}
