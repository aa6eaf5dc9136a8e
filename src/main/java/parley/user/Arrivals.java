package parley.user;

import parley.message.Amendment;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.GroupNotice;
import parley.message.GroupReceipt;
import parley.message.Message;
import parley.message.ReadMark;
import parley.message.Receipt;
import parley.message.UserId;

/** What becomes of the state when something arrives. */
final class Arrivals {

  private final UserId owner;
  private final Conversations conversations;
  private final RecentSends sends;
  private final Postings postings;

  Arrivals(UserId owner, Conversations conversations, RecentSends sends, Postings postings) {
    this.owner = owner;
    this.conversations = conversations;
    this.sends = sends;
    this.postings = postings;
  }

  /** Takes the delivery in, which is at that position of the mailbox; where it belongs. */
  Conversation add(Delivery delivery, long pos) {
    var conversation = conversations.open(delivery.entry().conversation());
    if (delivery.entry() instanceof Message message) {
      conversation.says(message);
    }
    switch (conversation.id()) {
      case ConversationId.Direct direct -> addDirect(conversation, delivery, pos);
      case ConversationId.Group group -> addFromGroup(group, conversation, delivery, pos);
    }
    return conversation;
  }

  private void addDirect(Conversation conversation, Delivery delivery, long pos) {
    switch (delivery.entry()) {
      case Message message when message.isSilent() -> {
        conversation.came(message.id(), pos);
        conversation.passed(delivery.sequence());
      }
      case Message message -> {
        conversation.received(message.id(), pos, delivery.sequence());
        noteMention(conversation, message, pos);
      }
      case Receipt receipt ->
          conversation.receivedReceipt(
              new Watermarks(receipt.delivered(), receipt.read()), delivery.sequence());
      case Amendment amendment -> conversation.passed(delivery.sequence());
      case GroupReceipt receipt -> throw new IllegalStateException("Not of a group: " + receipt);
      case ReadMark mark -> throw new IllegalStateException("Nobody else reads for " + owner);
    }
  }

  private void addFromGroup(
      ConversationId.Group group, Conversation conversation, Delivery delivery, long pos) {
    switch (delivery.entry()) {
      case Message message -> {
        var before = conversation.latestReceived();
        addFromGroup(group, conversation, message, pos);
        conversation.passed(delivery.sequence());
        // Or the delivery that began it was lost.
        if (delivery.begins() || !conversation.groupSide().membership().goesOn()) {
          conversation.groupSide().begin(before, message.id());
        }
        if (message.content() instanceof GroupNotice notice) {
          conversation.groupSide().note(notice, message.id(), owner);
        }
      }
      case Amendment amendment -> {
        conversation.passed(delivery.sequence());
        if (amendment.by().equals(owner)) {
          postings.cameBack(group.group(), amendment);
        }
      }
      case Receipt receipt -> conversation.groupSide().receipted(delivery.sequence());
      case GroupReceipt receipt -> {
        conversation.groupSide().receipted(delivery.sequence());
        conversation.reached(new Watermarks(receipt.delivered(), receipt.read()));
      }
      case ReadMark mark -> throw new IllegalStateException("Nobody else reads for " + owner);
    }
  }

  private void addFromGroup(
      ConversationId.Group group, Conversation conversation, Message message, long pos) {
    boolean own = message.from().equals(owner) && !message.isNotice();
    if (own) {
      long fingerprint = Draft.of(message).fingerprint();
      sends.add(message.clientId(), new RecentSends.Recent(message.id(), fingerprint, pos));
      postings.cameBack(group.group(), message);
    }
    if (own || message.isNotice() || message.isSilent()) {
      conversation.came(message.id(), pos);
    } else {
      conversation.received(message.id(), pos, 0);
      noteMention(conversation, message, pos);
    }
  }

  private void noteMention(Conversation conversation, Message message, long pos) {
    if (message.mentions().contains(owner)) {
      conversation.mentioned(pos);
    }
  }
}
