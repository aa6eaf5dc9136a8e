package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
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
import parley.message.GroupReceipt;
import parley.message.Message;
import parley.message.ReadMark;
import parley.message.Receipt;

/** The way in: what others sent, each once and in order. */
final class ReceiveHandlers {

  private static final UserReply.Delivered DELIVERED = new UserReply.Delivered();

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final GroupPosts posts;

  ReceiveHandlers(Room room, GroupPosts posts) {
    this.room = room;
    this.posts = posts;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onDeliver(UserState state, UserCommand.Deliver deliver) {
    var sifted = sift(state, deliver.deliveries());
    sifted.gap().ifPresent(gap -> room.context().getLog().error("Delivery refused, {}", gap));
    UserReply.ToDeliver answer =
        sifted.gap().<UserReply.ToDeliver>map(gap -> gap).orElse(DELIVERED);
    var events = new ArrayList<UserEvent>(sifted.ignored(room.now(state)));
    if (!sifted.fresh().isEmpty()) {
      events.add(received(state, sifted.fresh()));
    }
    if (events.isEmpty()) {
      return effects.reply(deliver.replyTo(), answer);
    }
    long now = System.nanoTime();
    return effects
        .persist(events)
        .thenRun((UserState after) -> {
          room.journaled(now);
          room.surroundings().metrics().delivered(sifted.fresh().size());
          room.grown(after);
          posts.cameBack(after, sifted.fresh().stream().map(Delivery::entry).toList());
        })
        .thenReply(deliver.replyTo(), after -> answer);
  }

  /**
   * What is new among deliveries.
   *
   * @param passed the last sequence in each conversation of what somebody sent who is blocked
   * @param gap where the new ones end, if something is missing
   */
  private record Sifted(
      List<Delivery> fresh, Map<ConversationId, Long> passed, Optional<UserReply.Gap> gap) {

    List<UserEvent.Ignored> ignored(Instant at) {
      return passed.entrySet().stream()
          .map(each -> new UserEvent.Ignored(each.getKey(), each.getValue(), at))
          .toList();
    }
  }

  private static Sifted sift(UserState state, List<Delivery> deliveries) {
    var fresh = new ArrayList<Delivery>();
    var passed = new HashMap<ConversationId, Long>();
    var last = new HashMap<ConversationId, Long>();
    var receipts = new HashMap<ConversationId, Long>();
    for (var delivery : deliveries) {
      var id = delivery.entry().conversation();
      if (isGroupReceipt(delivery)) {
        long known = receipts.computeIfAbsent(id, state.conversations()::receiptSequence);
        if (delivery.sequence() > known) {
          receipts.put(id, delivery.sequence());
          fresh.add(delivery);
        }
        continue;
      }
      long expected = 1 + last.computeIfAbsent(id, state.conversations()::receivedSequence);
      if (delivery.sequence() > expected && !delivery.begins()) {
        var gap = new UserReply.Gap(id, expected, delivery.sequence());
        return new Sifted(fresh, passed, Optional.of(gap));
      }
      if (delivery.sequence() < expected) {
        continue;
      }
      last.put(id, delivery.sequence());
      if (isWanted(state, delivery.entry())) {
        fresh.add(delivery);
      } else {
        passed.put(id, expected);
      }
    }
    return new Sifted(fresh, passed, Optional.empty());
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
  private static boolean isWanted(UserState state, Entry entry) {
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

  /** The event of their arrival, which is never before they were sent, whatever clocks say. */
  private UserEvent.Received received(UserState state, List<Delivery> fresh) {
    Instant at = room.now(state);
    for (var delivery : fresh) {
      if (delivery.entry() instanceof Message message && message.sentAt().isAfter(at)) {
        at = message.sentAt();
      }
    }
    return new UserEvent.Received(state.mailbox().latest() + 1, fresh, at);
  }
}
