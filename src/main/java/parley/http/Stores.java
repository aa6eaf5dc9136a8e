package parley.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.archive.Archive;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.user.Excerpt;

/** What routes read beside the actors. Its stages fail with {@link Unreadable}. */
final class Stores {

  private final Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes;
  private final Archive archive;

  Stores(Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes, Archive archive) {
    this.mailboxes = mailboxes;
    this.archive = archive;
  }

  /** All entries of the excerpt, ascending. */
  CompletionStage<List<Positioned>> entries(Excerpt excerpt) {
    return Unreadable.unless(mailboxes.apply(excerpt), "The mailbox");
  }

  /** The messages as they are now; without those that the archive does not have (yet). */
  CompletionStage<Map<MessageId, Archived>> asTheyAre(Collection<MessageId> ids) {
    return Unreadable.unless(archive.find(ids), "The archive");
  }

  /** The latest messages of the conversation before that one, newest first. */
  CompletionStage<List<Archived>> page(ConversationId conversation, MessageId before, int limit) {
    return Unreadable.unless(archive.page(conversation, before, limit), "The archive");
  }
}
