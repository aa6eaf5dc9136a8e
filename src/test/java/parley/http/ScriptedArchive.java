package parley.http;

import akka.Done;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import parley.archive.Archive;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;

/** An archive that holds what a test puts in, or cannot be read. */
final class ScriptedArchive implements Archive {

  private final NavigableMap<MessageId, Archived> messages = new ConcurrentSkipListMap<>();
  private volatile boolean broken;

  void put(Archived archived) {
    messages.put(archived.message().id(), archived);
  }

  /** It cannot be read from now on. */
  void breakDown() {
    broken = true;
  }

  void reset() {
    messages.clear();
    broken = false;
  }

  @Override
  public CompletionStage<Done> append(List<Message> batch) {
    batch.forEach(message -> put(Archived.of(message)));
    return CompletableFuture.completedStage(Done.getInstance());
  }

  @Override
  public CompletionStage<Done> amend(List<Amendment> amendments) {
    amendments.forEach(it -> messages.computeIfPresent(it.message(), (id, now) -> now.with(it)));
    return CompletableFuture.completedStage(Done.getInstance());
  }

  @Override
  public CompletionStage<Map<MessageId, Archived>> find(Collection<MessageId> ids) {
    var found = new HashMap<>(messages);
    found.keySet().retainAll(ids);
    return read(found);
  }

  @Override
  public CompletionStage<List<Archived>> page(
      ConversationId conversation, MessageId before, int limit) {
    return read(
        messages.headMap(before, false).descendingMap().values().stream()
            .filter(it -> it.message().conversation().equals(conversation))
            .limit(limit)
            .toList());
  }

  private <T> CompletionStage<T> read(T value) {
    return broken
        ? CompletableFuture.failedStage(new IllegalStateException("disk on fire"))
        : CompletableFuture.completedStage(value);
  }
}
