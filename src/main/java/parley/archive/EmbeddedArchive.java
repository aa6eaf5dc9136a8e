package parley.archive;

import akka.Done;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.embedded.Change;
import parley.embedded.EmbeddedStore;
import parley.embedded.Rows;
import parley.embedded.Table;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;

/**
 * The archive in the embedded store.
 *
 * <pre>
 * archive / {conversation hash 8} / {message clock 8} => message (CBOR, <= 65 KiB)
 * </pre>
 *
 * The names within the CBOR are stored for good. Two conversations of the same hash would share a
 * range: a page passes over what is not of the one asked for.
 */
public final class EmbeddedArchive implements Archive {

  private static final ObjectMapper CBOR =
      CBORMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final EmbeddedStore store;

  public EmbeddedArchive(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Done> append(List<Message> messages) {
    var changes = new ArrayList<Change>(messages.size());
    for (var message : messages) {
      changes.add(new Change.Put(Table.ARCHIVE, key(message.id()), encode(message)));
    }
    return store.write(changes);
  }

  @Override
  public CompletionStage<Optional<Message>> find(MessageId id) {
    return store
        .read(rows -> rows.get(Table.ARCHIVE, key(id)))
        .thenApply(stored -> stored.map(EmbeddedArchive::decode));
  }

  @Override
  public CompletionStage<List<Message>> page(
      ConversationId conversation, MessageId before, int limit) {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("A page has 1 to " + PAGE_MAX + " messages");
    }
    if (before.clock() == 0) {
      return CompletableFuture.completedFuture(List.of());
    }
    return store.read(rows -> page(rows, conversation, before.clock() - 1, limit));
  }

  private static List<Message> page(
      Rows rows, ConversationId conversation, long lastClock, int limit) {
    long hash = conversation.hash();
    var page = new ArrayList<Message>();
    rows.descending(
        Table.ARCHIVE,
        key(new MessageId(0, hash)),
        key(new MessageId(lastClock, hash)),
        (key, value) -> {
          var message = decode(value);
          if (message.conversation().equals(conversation)) {
            page.add(message);
          }
          return page.size() < limit;
        });
    return List.copyOf(page);
  }

  private static byte[] key(MessageId id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.conversation())
        .putLong(id.clock())
        .array();
  }

  private static byte[] encode(Message message) {
    try {
      return CBOR.writeValueAsBytes(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Message decode(byte[] stored) {
    try {
      return CBOR.readValue(stored, Message.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
