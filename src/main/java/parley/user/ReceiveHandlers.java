package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Message;

/** The way in: what others sent, each once and in order. */
final class ReceiveHandlers {

  private static final UserReply.Delivered DELIVERED = new UserReply.Delivered();

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;

  ReceiveHandlers(Room room) {
    this.room = room;
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onDeliver(UserState state, UserCommand.Deliver deliver) {
    var sifted = sift(state, deliver.deliveries());
    sifted.gap().ifPresent(gap -> room.context().getLog().error("Delivery refused, {}", gap));
    UserReply.ToDeliver answer =
        sifted.gap().<UserReply.ToDeliver>map(gap -> gap).orElse(DELIVERED);
    if (sifted.fresh().isEmpty()) {
      return effects.reply(deliver.replyTo(), answer);
    }
    return effects
        .persist(received(state, sifted.fresh()))
        .thenRun(after -> room.surroundings().metrics().delivered(sifted.fresh().size()))
        .thenReply(deliver.replyTo(), after -> answer);
  }

  /**
   * What is new among deliveries.
   *
   * @param gap where the new ones end, if something is missing
   */
  private record Sifted(List<Delivery> fresh, Optional<UserReply.Gap> gap) {}

  private static Sifted sift(UserState state, List<Delivery> deliveries) {
    var fresh = new ArrayList<Delivery>();
    var last = new HashMap<ConversationId, Long>();
    for (var delivery : deliveries) {
      var id = delivery.entry().conversation();
      long expected = 1 + last.computeIfAbsent(id, state::receivedSequence);
      if (delivery.sequence() > expected) {
        var gap = new UserReply.Gap(id, expected, delivery.sequence());
        return new Sifted(fresh, Optional.of(gap));
      }
      if (delivery.sequence() == expected) {
        fresh.add(delivery);
        last.put(id, expected);
      }
    }
    return new Sifted(fresh, Optional.empty());
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
