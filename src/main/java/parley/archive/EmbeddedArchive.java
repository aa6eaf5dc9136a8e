package parley.archive;

import akka.Done;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.embedded.Change;
import parley.embedded.EmbeddedStore;
import parley.embedded.Rows;
import parley.embedded.Table;
import parley.message.Amendment;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.Edit;
import parley.message.Entry;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Reaction;

/**
 * The archive in the embedded store.
 *
 * <pre>
 * archive / {conversation hash 8} / {message clock 8}                       => message (CBOR, <= 65 KiB)
 *                                                   / 1                     => its last edit
 *                                                   / 2                     => its deletion
 *                                                   / 3 / {user} 0 {emoji}  => a reaction to it
 * </pre>
 *
 * The names within the CBOR are stored for good. Two conversations of the same hash would share a
 * range: a page passes over what is not of the one asked for.
 */
public final class EmbeddedArchive implements Archive {

  private static final int KEY_LENGTH = 2 * Long.BYTES;
  private static final byte EDIT = 1;
  private static final byte DELETION = 2;
  private static final byte REACTION = 3;
  private static final byte BEHIND_ALL = 4;
  private static final byte[] NO_MORE = {};

  private final EmbeddedStore store;

  public EmbeddedArchive(EmbeddedStore store) {
    this.store = store;
  }

  @Override
  public CompletionStage<Done> append(List<Message> messages) {
    var changes = new ArrayList<Change>(messages.size());
    for (var message : messages) {
      changes.add(new Change.Put(Table.ARCHIVE, key(message.id()), ArchiveCodec.encode(message)));
    }
    return store.write(changes);
  }

  @Override
  public CompletionStage<Done> amend(List<Amendment> amendments) {
    return store.write(amendments.stream().map(EmbeddedArchive::change).toList());
  }

  private static Change change(Amendment amendment) {
    var id = amendment.message();
    return switch (amendment) {
      case Edit edit ->
          new Change.Put(Table.ARCHIVE, key(id, EDIT, NO_MORE), ArchiveCodec.encode(edit));
      case Deletion deletion ->
          new Change.Put(Table.ARCHIVE, key(id, DELETION, NO_MORE), ArchiveCodec.encode(deletion));
      case Reaction reaction -> {
        var who = (reaction.by() + "\0" + reaction.emoji()).getBytes(StandardCharsets.UTF_8);
        var key = key(id, REACTION, who);
        yield reaction.on()
            ? new Change.Put(Table.ARCHIVE, key, ArchiveCodec.encode(reaction))
            : new Change.Delete(Table.ARCHIVE, key);
      }
    };
  }

  @Override
  public CompletionStage<Map<MessageId, Archived>> find(Collection<MessageId> ids) {
    return store.read(rows -> {
      var found = new HashMap<MessageId, Archived>();
      ids.forEach(id -> find(rows, id).ifPresent(archived -> found.put(id, archived)));
      return found;
    });
  }

  private static Optional<Archived> find(Rows rows, MessageId id) {
    var assembly = new Assembly();
    rows.descending(
        Table.ARCHIVE,
        key(id),
        key(id, BEHIND_ALL, NO_MORE),
        (key, value) -> {
          assembly.add(ArchiveCodec.decode(value));
          return true;
        });
    return assembly.take();
  }

  @Override
  public CompletionStage<List<Archived>> page(
      ConversationId conversation, MessageId before, int limit) {
    if (limit < 1 || limit > PAGE_MAX) {
      throw new IllegalArgumentException("A page has 1 to " + PAGE_MAX + " messages");
    }
    return store.read(rows -> page(rows, conversation, before, limit));
  }

  private static List<Archived> page(
      Rows rows, ConversationId conversation, MessageId before, int limit) {
    var page = new ArrayList<Archived>();
    var assembly = new Assembly();
    var end = new MessageId(before.clock(), conversation.hash());
    rows.descending(
        Table.ARCHIVE,
        key(MessageId.first(conversation)),
        key(end),
        (key, value) -> {
          assembly.add(ArchiveCodec.decode(value));
          assembly
              .take()
              .filter(it -> it.message().conversation().equals(conversation))
              .filter(it -> !it.message().id().equals(end))
              .ifPresent(page::add);
          return page.size() < limit;
        });
    return List.copyOf(page);
  }

  /** Puts a message and its amendments together: read backwards, they come before it. */
  private static final class Assembly {

    private final List<Amendment> amendments = new ArrayList<>();
    private Optional<Archived> whole = Optional.empty();

    void add(Entry row) {
      switch (row) {
        case Amendment amendment -> amendments.add(amendment);
        case Message message -> {
          var archived = Archived.of(message);
          for (var amendment : amendments) {
            if (amendment.message().equals(message.id())) {
              archived = archived.with(amendment);
            }
          }
          amendments.clear();
          whole = Optional.of(archived);
        }
        default -> throw new IllegalStateException("Not of an archive: " + row.getClass());
      }
    }

    /** The message, once it has been read. */
    Optional<Archived> take() {
      var taken = whole;
      whole = Optional.empty();
      return taken;
    }
  }

  private static byte[] key(MessageId id) {
    return ByteBuffer.allocate(KEY_LENGTH).putLong(id.conversation()).putLong(id.clock()).array();
  }

  private static byte[] key(MessageId id, byte kind, byte[] more) {
    return ByteBuffer.allocate(KEY_LENGTH + 1 + more.length)
        .put(key(id))
        .put(kind)
        .put(more)
        .array();
  }
}
