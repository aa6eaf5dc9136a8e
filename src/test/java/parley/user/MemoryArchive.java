package parley.user;

import akka.Done;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.archive.Archive;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;

/** An archive that forgets when the test ends. */
final class MemoryArchive implements Archive {

  private final TreeMap<MessageId, Message> messages = new TreeMap<>();

  @Override
  public synchronized CompletionStage<Done> append(List<Message> batch) {
    batch.forEach(message -> messages.put(message.id(), message));
    return CompletableFuture.completedStage(Done.getInstance());
  }

  @Override
  public synchronized CompletionStage<Optional<Message>> find(MessageId id) {
    return CompletableFuture.completedStage(Optional.ofNullable(messages.get(id)));
  }

  @Override
  public synchronized CompletionStage<List<Message>> page(
      ConversationId conversation, MessageId before, int limit) {
    var page = new ArrayList<Message>();
    for (var message : messages.headMap(before, false).descendingMap().values()) {
      if (page.size() < limit && message.conversation().equals(conversation)) {
        page.add(message);
      }
    }
    return CompletableFuture.completedStage(page);
  }
}
