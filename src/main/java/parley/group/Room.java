package parley.group;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Instant;
import java.util.List;
import parley.message.GroupId;

/** What the handlers of one group's actor share. */
record Room(
    GroupId id,
    ActorContext<GroupCommand> context,
    TimerScheduler<GroupCommand> timers,
    Group.Surroundings surroundings,
    HandOver handOver,
    EffectFactories<GroupEvent, GroupState> effects) {

  GroupSettings settings() {
    return surroundings.settings();
  }

  /** The time, which unlike that of events may go back. */
  Instant clock() {
    return surroundings.clock().instant();
  }

  /** The time of an event that happens now. */
  Instant now(GroupState state) {
    return state.timeOf(clock());
  }

  /** Persists, starts to hand over what that adds, and answers. */
  <R> ReplyEffect<GroupEvent, GroupState> persist(
      List<GroupEvent> events, ActorRef<R> replyTo, R answer) {
    return effects
        .persist(events)
        .thenRun((GroupState after) -> handOver.start(after))
        .thenReply(replyTo, after -> answer);
  }

  /** Journals marks, together with those that follow shortly. */
  void settleSoon() {
    if (!timers.isTimerActive(Group.Settle.INSTANCE)) {
      timers.startSingleTimer(Group.Settle.INSTANCE, settings().receiptDelay());
    }
  }
}
