package parley.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;

/** Reads a conversation backwards, past what its reader may not see. */
final class History {

  /**
   * Reads of the archive for one page, beyond those that fill it; what is hidden may fill them all,
   * and paging goes on.
   */
  private static final int READS_MAX = 10;

  /** Of what follows a full page all may be hidden: it is not read one by one. */
  private static final int READ_LEAST = 10;

  private final Stores stores;
  private final ConversationId conversation;
  private final Predicate<Message> isVisible;

  History(Stores stores, ConversationId conversation, Predicate<Message> isVisible) {
    this.stores = stores;
    this.conversation = conversation;
    this.isVisible = isVisible;
  }

  /**
   * One page, newest first.
   *
   * @param next before which message the next page begins; empty: there is none
   */
  record Stretch(List<Archived> messages, Optional<MessageId> next) {}

  /**
   * At most {@code limit} messages before that one, as many as an answer may say. It reads on until
   * it has seen one more, or the beginning: only then is it known whether there is a next page.
   */
  CompletionStage<Stretch> before(MessageId message, int limit) {
    return more(List.of(), message, limit, READS_MAX + limit / Stores.READ_TOGETHER);
  }

  private CompletionStage<Stretch> more(
      List<Archived> sofar, MessageId before, int limit, int reads) {
    int together = Math.clamp(limit + 1 - sofar.size(), READ_LEAST, Stores.READ_TOGETHER);
    return stores
        .page(conversation, before, together)
        .thenCompose(page -> {
          var messages = new ArrayList<>(sofar);
          long bytes = sofar.stream().mapToLong(it -> it.message().sizeBytes()).sum();
          var last = before;
          for (var archived : page) {
            boolean isShown = isVisible.test(archived.message());
            if (isShown && (messages.size() == limit || bytes > Stores.PAGE_BYTES_MAX)) {
              return completedStage(new Stretch(messages, Optional.of(last)));
            }
            last = archived.message().id();
            if (isShown) {
              messages.add(archived);
              bytes += archived.message().sizeBytes();
            }
          }
          if (page.size() < together) {
            return completedStage(new Stretch(messages, Optional.empty()));
          }
          return reads == 1
              ? completedStage(new Stretch(messages, Optional.of(last)))
              : more(messages, last, limit, reads - 1);
        });
  }
}
