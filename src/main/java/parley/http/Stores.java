package parley.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.HashMap;
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

  /** What one answer says of messages, in bytes, and one message more: the rest is another page. */
  static final long PAGE_BYTES_MAX = 4L * 1024 * 1024;

  /** Messages that are read together: as many as there are on most pages. */
  static final int READ_TOGETHER = 100;

  private final Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes;
  private final Archive archive;

  Stores(Function<Excerpt, CompletionStage<List<Positioned>>> mailboxes, Archive archive) {
    this.mailboxes = mailboxes;
    this.archive = archive;
  }

  /** The first entries of the excerpt, ascending: as many as an answer may say. */
  CompletionStage<List<Positioned>> entries(Excerpt excerpt) {
    return Unreadable.unless(mailboxes.apply(excerpt), "The mailbox");
  }

  /**
   * Messages as they are now.
   *
   * @param found without those that the archive does not have (yet)
   * @param reached how many of those asked for were looked for: as many as an answer may say
   */
  record Now(Map<MessageId, Archived> found, int reached) {}

  /** The first of the messages as they are now. */
  CompletionStage<Now> asTheyAre(List<MessageId> ids) {
    return more(new Now(Map.of(), 0), ids, 0);
  }

  private CompletionStage<Now> more(Now sofar, List<MessageId> ids, long bytes) {
    if (sofar.reached() == ids.size() || bytes > PAGE_BYTES_MAX) {
      return completedStage(sofar);
    }
    int until = Math.min(ids.size(), sofar.reached() + READ_TOGETHER);
    return Unreadable.unless(archive.find(ids.subList(sofar.reached(), until)), "The archive")
        .thenCompose(read -> {
          var found = new HashMap<>(sofar.found());
          int reached = sofar.reached();
          long said = bytes;
          while (reached < until && said <= PAGE_BYTES_MAX) {
            var now = read.get(ids.get(reached));
            if (now != null) {
              found.put(now.message().id(), now);
              said += now.message().sizeBytes();
            }
            reached++;
          }
          return more(new Now(found, reached), ids, said);
        });
  }

  /** The latest messages of the conversation before that one, newest first. */
  CompletionStage<List<Archived>> page(ConversationId conversation, MessageId before, int limit) {
    return Unreadable.unless(archive.page(conversation, before, limit), "The archive");
  }
}
