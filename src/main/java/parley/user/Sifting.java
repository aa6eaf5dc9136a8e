package parley.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.Amendment;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Entry;
import parley.message.Gap;
import parley.message.GroupReceipt;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Portion;
import parley.message.ReadMark;
import parley.message.Receipt;

/** What is new among deliveries, in order, up to where something is missing. */
final class Sifting {

  private final UserState state;
  private final List<Delivery> fresh = new ArrayList<>();

  /** The last sequence in each conversation of what is not put in. */
  private final Map<ConversationId, Long> passed = new HashMap<>();

  private final Map<ConversationId, Long> sequences = new HashMap<>();
  private final Map<ConversationId, Long> receiptSequences = new HashMap<>();
  private final Map<ConversationId, MessageId> latest = new HashMap<>();
  private Optional<ConversationId> kept = Optional.empty();
  private long keptUpTo;
  private Optional<Gap> gap = Optional.empty();

  Sifting(UserState state) {
    this.state = state;
  }

  /**
   * Puts messages in the place of a gap, which then is none; when they are more than one write
   * takes, the first of them, and it still is.
   *
   * @param missing in order
   * @param behind the sequence of what is delivered behind the gap
   * @return whether all are in
   */
  boolean fill(Gap lost, List<Message> missing, long behind, int entriesMax) {
    var portion = Portion.first(missing, Message::sizeBytes, entriesMax);
    boolean isAll = portion.size() == missing.size();
    long sequence = isAll ? behind - 1 : lost.expected() - 1;
    portion.forEach(message -> put(new Delivery(state.owner(), sequence, message)));
    sequences.put(lost.conversation(), sequence);
    return isAll;
  }

  /**
   * What is behind the gap is put in, and the gap stays: no message is among it.
   *
   * @param upTo the sequence up to which it was put in before
   */
  void keep(Gap lost, long upTo) {
    kept = Optional.of(lost.conversation());
    keptUpTo = upTo;
  }

  /** The sequence up to which what is behind a gap that stays was put in; 0 when none was. */
  long keptUpTo() {
    return keptUpTo;
  }

  /** Takes what is new, up to the first gap. */
  void take(List<Delivery> deliveries) {
    for (var delivery : deliveries) {
      if (isGroupReceipt(delivery)) {
        takeReceipt(delivery);
      } else if (!isGap(delivery)) {
        takeNext(delivery);
      } else if (isKept(delivery)) {
        takeBehindGap(delivery);
      } else {
        gap = Optional.of(gapBefore(delivery));
        return;
      }
    }
  }

  private void takeNext(Delivery delivery) {
    if (delivery.sequence() > sequence(delivery)) {
      put(delivery);
    }
  }

  private void takeBehindGap(Delivery delivery) {
    if (delivery.sequence() > keptUpTo) {
      keptUpTo = delivery.sequence();
      put(new Delivery(delivery.recipient(), sequence(delivery), delivery.entry()));
    }
  }

  private boolean isGap(Delivery delivery) {
    return delivery.sequence() > sequence(delivery) + 1 && !delivery.begins();
  }

  private boolean isKept(Delivery delivery) {
    return kept.filter(delivery.entry().conversation()::equals).isPresent();
  }

  private Gap gapBefore(Delivery delivery) {
    return new Gap(delivery.entry().conversation(), sequence(delivery) + 1, delivery.sequence());
  }

  private long sequence(Delivery delivery) {
    return sequences.computeIfAbsent(
        delivery.entry().conversation(), state.conversations()::receivedSequence);
  }

  private void put(Delivery delivery) {
    var id = delivery.entry().conversation();
    sequences.put(id, delivery.sequence());
    if (isWanted(delivery.entry()) && !isKnown(delivery.entry())) {
      fresh.add(delivery);
    } else {
      passed.put(id, delivery.sequence());
    }
  }

  private void takeReceipt(Delivery delivery) {
    var id = delivery.entry().conversation();
    long known = receiptSequences.computeIfAbsent(id, state.conversations()::receiptSequence);
    if (delivery.sequence() > known) {
      receiptSequences.put(id, delivery.sequence());
      fresh.add(delivery);
    }
  }

  /** Receipts of a group have sequences of their own, and not all of them are for this user. */
  private static boolean isGroupReceipt(Delivery delivery) {
    return delivery.entry().conversation() instanceof ConversationId.Group
        && (delivery.entry() instanceof Receipt || delivery.entry() instanceof GroupReceipt);
  }

  /**
   * Nothing that somebody says to this user who is blocked, nor later changes to it; how far they
   * have read is no secret of theirs. In a group all members see the same, blocked or not.
   */
  private boolean isWanted(Entry entry) {
    if (entry.conversation() instanceof ConversationId.Group) {
      return true;
    }
    return switch (entry) {
      case Message message -> !state.contacts().isBlocked(message.from());
      case Amendment amendment ->
          !state.contacts().isBlocked(amendment.by()) && !state.isHidden(amendment);
      case Receipt receipt -> true;
      case GroupReceipt receipt -> true;
      case ReadMark mark -> true;
    };
  }

  /** Whether it came from the archive before: the ids of those who speak here only grow. */
  private boolean isKnown(Entry entry) {
    if (!(entry instanceof Message message)) {
      return false;
    }
    var id = message.conversation();
    var known = latest.computeIfAbsent(id, state.conversations()::latestReceived);
    if (message.id().isAfter(known)) {
      latest.put(id, message.id());
      return false;
    }
    return true;
  }

  List<Delivery> fresh() {
    return fresh;
  }

  List<UserEvent.Ignored> ignored(Instant at) {
    return passed.entrySet().stream()
        .map(each -> new UserEvent.Ignored(each.getKey(), each.getValue(), at))
        .toList();
  }

  /** Where the new ones end, if something is missing. */
  Optional<Gap> gap() {
    return gap;
  }
}
