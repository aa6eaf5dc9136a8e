package parley.user;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.ConversationId;
import parley.message.MessageId;

/** All conversations that a user has been in. */
final class Conversations {

  private final Map<ConversationId, Conversation> byId = new HashMap<>();
  private final Map<Long, Conversation> byHash = new HashMap<>();

  Optional<Conversation> find(ConversationId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The conversation that the message was said in. */
  Optional<Conversation> of(MessageId message) {
    return Optional.ofNullable(byHash.get(message.conversation()));
  }

  /** The conversation, which begins now if it has not before. */
  Conversation open(ConversationId id) {
    var open = byId.get(id);
    return open != null ? open : add(new Conversation(id));
  }

  /** The message that came last from the others, or in a group from anybody. */
  MessageId latestReceived(ConversationId id) {
    return find(id).map(Conversation::latestReceived).orElseGet(() -> MessageId.first(id));
  }

  /** The sequence of what last came from the other side of the conversation. */
  long receivedSequence(ConversationId id) {
    return find(id).map(Conversation::receivedSequence).orElse(0L);
  }

  /** The sequence of the receipt that last came from the group. */
  long receiptSequence(ConversationId id) {
    return find(id).map(it -> it.groupSide().receiptSequence()).orElse(0L);
  }

  /** Whether the user is a member of the group, as far as they have heard. */
  boolean isMember(ConversationId.Group id) {
    return find(id).filter(it -> it.groupSide().membership().goesOn()).isPresent();
  }

  Conversation add(Conversation conversation) {
    byId.put(conversation.id(), conversation);
    byHash.put(conversation.id().hash(), conversation);
    return conversation;
  }

  Collection<Conversation> all() {
    return byId.values();
  }

  /** The first positions of unread messages after the given one, ascending. */
  List<Long> unread(long after, int limit) {
    var sets =
        byId.values().stream().map(Conversation::unread).filter(set -> !set.isEmpty()).toList();
    return Positions.after(after, limit, sets);
  }

  /** The conversations in which something was said last, newest first. */
  List<Conversation> newest(int limit) {
    return newest(Optional.empty(), limit);
  }

  /** The same, of those in which nothing was said from that message on. */
  List<Conversation> newest(Optional<MessageId> before, int limit) {
    return byId.values().stream()
        .filter(Conversation::hasMessages)
        .filter(it -> before.isEmpty() || before.get().isAfter(it.shown()))
        .sorted(Comparator.comparing(Conversation::shown).reversed())
        .limit(limit)
        .toList();
  }
}
