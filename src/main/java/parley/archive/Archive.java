package parley.archive;

import akka.Done;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import parley.message.Amendment;
import parley.message.Archived;
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

  /**
   * Done when all are durable; the messages that they change have been appended before. Amendments
   * by one user come in the order in which they were made. They may be repeated from any of them
   * on, up to the last; that changes nothing.
   */
  CompletionStage<Done> amend(List<Amendment> amendments);

  /**
   * The messages of these ids as they are now, however old; those that do not exist are left out.
   */
  CompletionStage<Map<MessageId, Archived>> find(Collection<MessageId> ids);

  /**
   * The latest messages before the given one as they are now, newest first: at most {@code limit},
   * fewer only at the beginning of the conversation. {@code before} need not exist.
   */
  CompletionStage<List<Archived>> page(ConversationId conversation, MessageId before, int limit);
}
