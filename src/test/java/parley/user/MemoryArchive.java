package parley.user;

import akka.Done;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.archive.Archive;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;

/** An archive that forgets when the test ends. */
public final class MemoryArchive implements Archive {

  private static final CompletionStage<Done> DONE =
      CompletableFuture.completedStage(Done.getInstance());

  private final TreeMap<MessageId, Archived> messages = new TreeMap<>();
  private CompletableFuture<Done> held = CompletableFuture.completedFuture(Done.getInstance());
  private boolean failsOnce;

  @Override
  public synchronized CompletionStage<Done> append(List<Message> batch) {
    batch.forEach(message -> messages.putIfAbsent(message.id(), Archived.of(message)));
    return DONE;
  }

  @Override
  public synchronized CompletionStage<Done> amend(List<Amendment> amendments) {
    amendments.forEach(
        each -> messages.computeIfPresent(each.message(), (id, before) -> before.with(each)));
    return DONE;
  }

  /** From now on what is looked for is found when it is released. */
  synchronized void hold() {
    held = new CompletableFuture<>();
  }

  synchronized void release() {
    held.complete(Done.getInstance());
  }

  synchronized void failNext() {
    held = CompletableFuture.failedFuture(new IllegalStateException("The archive is down"));
    failsOnce = true;
  }

  @Override
  public synchronized CompletionStage<Map<MessageId, Archived>> find(Collection<MessageId> ids) {
    var found = new HashMap<>(messages);
    found.keySet().retainAll(ids);
    return answer(found);
  }

  @Override
  public synchronized CompletionStage<List<Archived>> page(
      ConversationId conversation, MessageId before, int limit) {
    return answer(
        messages.headMap(before, false).descendingMap().values().stream()
            .filter(each -> each.message().conversation().equals(conversation))
            .limit(limit)
            .toList());
  }

  private <T> CompletionStage<T> answer(T found) {
    var answer = held.thenApply(done -> found);
    if (failsOnce) {
      failsOnce = false;
      held = CompletableFuture.completedFuture(Done.getInstance());
    }
    return answer;
  }
}
