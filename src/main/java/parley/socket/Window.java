package parley.socket;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.UserId;

/** The entries that were sent ahead of the device's acknowledgement: how far ahead is bounded. */
final class Window {

  private final int entriesMax;
  private final UserId owner;
  private final TreeMap<Long, Optional<Received>> unacknowledged = new TreeMap<>();

  Window(int entriesMax, UserId owner) {
    this.entriesMax = entriesMax;
    this.owner = owner;
  }

  private record Received(ConversationId conversation, MessageId id) {}

  /** How many more entries may be sent. */
  int room() {
    return Math.max(0, entriesMax - unacknowledged.size());
  }

  /** One more was sent. */
  void add(Positioned sent) {
    unacknowledged.put(sent.pos(), received(sent));
  }

  private Optional<Received> received(Positioned sent) {
    return sent.entry() instanceof Message message && !message.from().equals(owner)
        ? Optional.of(new Received(message.conversation(), message.id()))
        : Optional.empty();
  }

  /**
   * The device has stored all up to the position.
   *
   * @return the last message received in each conversation among those
   */
  Map<ConversationId, MessageId> acknowledge(long pos) {
    var delivered = new HashMap<ConversationId, MessageId>();
    var stored = unacknowledged.headMap(pos, true);
    stored
        .values()
        .forEach(entry ->
            entry.ifPresent(it -> delivered.merge(it.conversation(), it.id(), Window::later)));
    stored.clear();
    return delivered;
  }

  static MessageId later(MessageId one, MessageId other) {
    return one.isAfter(other) ? one : other;
  }
}
