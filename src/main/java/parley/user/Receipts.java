package parley.user;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.Receipt;
import parley.message.UserId;

/**
 * Which conversations have something to tell the other side about how far this user has got. It
 * follows from the conversations and is not stored: after any change to one, {@link #settle} it.
 */
final class Receipts {

  private final UserId owner;
  private final Conversations conversations;
  private final Set<ConversationId> owing = new LinkedHashSet<>();
  private final Set<ConversationId> undelivered = new LinkedHashSet<>();

  Receipts(UserId owner, Conversations conversations) {
    this.owner = owner;
    this.conversations = conversations;
    conversations.all().forEach(this::settle);
  }

  /** Notes whether a conversation has something to tell, now or once a device has stored it. */
  void settle(Conversation conversation) {
    note(owing, conversation, conversation.receiptFor(conversation.mine(), owner).isPresent());
    note(undelivered, conversation, conversation.hasUndelivered());
  }

  private static void note(Set<ConversationId> set, Conversation conversation, boolean in) {
    if (in) {
      set.add(conversation.id());
    } else {
      set.remove(conversation.id());
    }
  }

  /** Whether others are to be told how far this user has got, whatever devices acknowledge. */
  boolean areOwed() {
    return !owing.isEmpty();
  }

  /** Whether the other side of a direct conversation is. */
  boolean areOwedDirectly() {
    return owing.stream().anyMatch(ConversationId.Direct.class::isInstance);
  }

  /**
   * What there is to tell once devices have stored the mailbox that far: as it goes into the
   * outbox.
   *
   * @param acknowledged up to which position any device has stored it
   * @param delivered the last message of conversations up to there, where it is known
   */
  List<UserEvent.Receipting> due(long acknowledged, Map<ConversationId, MessageId> delivered) {
    return due(acknowledged, delivered, ConversationId.Direct.class).stream()
        .map(it -> {
          var conversation = conversations.find(it.conversation()).orElseThrow();
          return new UserEvent.Receipting(it, conversation.sentSequence() + 1);
        })
        .toList();
  }

  /** What there is to tell groups: they are to know it before it counts as told. */
  List<Receipt> dueInGroups(long acknowledged, Map<ConversationId, MessageId> delivered) {
    return due(acknowledged, delivered, ConversationId.Group.class);
  }

  private List<Receipt> due(
      long acknowledged,
      Map<ConversationId, MessageId> delivered,
      Class<? extends ConversationId> kind) {
    var concerned = new LinkedHashSet<>(owing);
    concerned.addAll(undelivered);
    return concerned.stream()
        .filter(kind::isInstance)
        .flatMap(id -> conversations.find(id).stream())
        .flatMap(conversation -> {
          var last = Optional.ofNullable(delivered.get(conversation.id()));
          var reached = conversation.acknowledgedUpTo(acknowledged, last);
          return conversation.receiptFor(reached, owner).stream();
        })
        .toList();
  }
}
