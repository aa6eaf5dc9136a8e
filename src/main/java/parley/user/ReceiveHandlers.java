package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parley.message.Delivery;
import parley.message.Message;

/** The way in: what others sent, each once and in order. */
final class ReceiveHandlers {

  private static final UserReply.Delivered DELIVERED = new UserReply.Delivered();

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final GroupPosts posts;
  private final LostDeliveries losses;

  ReceiveHandlers(Room room, GroupPosts posts) {
    this.room = room;
    this.posts = posts;
    this.losses = new LostDeliveries(room);
    this.effects = room.effects();
  }

  ReplyEffect<UserEvent, UserState> onDeliver(UserState state, UserCommand.Deliver deliver) {
    var lost = losses.stillLost(state, deliver);
    var behind = lost.flatMap(gap -> losses.behind(deliver, gap));
    if (behind.isPresent()) {
      losses.seek(deliver, behind.get());
      return effects.noReply();
    }
    var sifting = new Sifting(state);
    lost.ifPresent(gap -> losses.keep(sifting, gap));
    return receive(state, deliver, sifting);
  }

  /** Puts in what the archive has of what was lost, and goes on behind it. */
  ReplyEffect<UserEvent, UserState> onLostSought(UserState state, User.LostSought sought) {
    var sifting = new Sifting(state);
    losses
        .stillLost(state, sought.deliver())
        .ifPresent(lost -> losses.fill(sifting, state, sought, lost));
    return receive(state, sought.deliver(), sifting);
  }

  ReplyEffect<UserEvent, UserState> onLostNotSought(User.LostNotSought failed) {
    room.context()
        .getLog()
        .warn("Archive not readable, user={}, will be asked again", room.owner(), failed.cause());
    return effects.noReply();
  }

  private ReplyEffect<UserEvent, UserState> receive(
      UserState state, UserCommand.Deliver deliver, Sifting sifting) {
    sifting.take(deliver.deliveries());
    var answer = answer(sifting);
    var events = new ArrayList<UserEvent>(sifting.ignored(room.now(state)));
    if (!sifting.fresh().isEmpty()) {
      events.add(received(state, sifting.fresh()));
    }
    if (events.isEmpty()) {
      return effects.reply(deliver.replyTo(), answer);
    }
    long now = System.nanoTime();
    return effects
        .persist(events)
        .thenRun((UserState after) -> {
          room.journaled(now);
          room.surroundings().metrics().delivered(sifting.fresh().size());
          if (sifting.keptUpTo() > 0) {
            losses.kept(deliver.lost().orElseThrow(), sifting.keptUpTo());
          }
          room.grown(after);
          posts.cameBack(after, sifting.fresh().stream().map(Delivery::entry).toList());
        })
        .thenReply(deliver.replyTo(), after -> answer);
  }

  private UserReply.ToDeliver answer(Sifting sifting) {
    if (sifting.gap().isEmpty()) {
      return DELIVERED;
    }
    var gap = sifting.gap().get();
    room.context().getLog().error("Delivery refused, user={} {}", room.owner(), gap);
    return new UserReply.Gap(gap.conversation(), gap.expected(), gap.found());
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
