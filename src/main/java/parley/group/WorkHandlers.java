package parley.group;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;

/** What a group does of itself: handing over, journaling marks, going to sleep, and its end. */
final class WorkHandlers {

  private final Room room;
  private final MarkHandlers marks;
  private final EffectFactories<GroupEvent, GroupState> effects;
  private boolean stopping;

  WorkHandlers(Room room, MarkHandlers marks) {
    this.room = room;
    this.marks = marks;
    this.effects = room.effects();
  }

  /** Hands over what the journal says is still in the outbox. */
  void onRecovered(GroupState state) {
    marks.restart();
    room.handOver().restart(state);
    if (!state.roster().members().isEmpty()) {
      // Somebody may have left right before the end, and others wait for the last receipt of them.
      room.settleSoon();
    }
    if (stopping) {
      // A failed write has ended the actor's timers.
      stopInTime();
      restLater();
    }
  }

  ReplyEffect<GroupEvent, GroupState> onBatchDone(GroupState state, Group.BatchDone done) {
    if (!room.handOver().isInFlight(done.batch())) {
      return effects.noReply();
    }
    room.handOver().succeeded(done);
    if (room.handOver().isMarkDue()) {
      return effects
          .persist(room.handOver().mark(room.now(state)))
          .thenRun((GroupState after) -> {
            room.handOver().start(after);
            restLater();
          })
          .thenNoReply();
    }
    room.handOver().start(state);
    return restIfAsked(state);
  }

  ReplyEffect<GroupEvent, GroupState> onBatchFailed(GroupState state, Group.BatchFailed failed) {
    if (room.handOver().isInFlight(failed.batch())) {
      room.handOver().failed(failed.cause(), state);
    }
    return effects.noReply();
  }

  ReplyEffect<GroupEvent, GroupState> onRetry(GroupState state) {
    room.handOver().start(state);
    return effects.noReply();
  }

  ReplyEffect<GroupEvent, GroupState> onSettle(GroupState state) {
    restLater();
    return marks.onSettle(state);
  }

  /** A group that has something to hand over stays awake, for as long as may be. */
  ReplyEffect<GroupEvent, GroupState> onStop(GroupState state) {
    if (!stopping) {
      stopping = true;
      stopInTime();
    }
    return rest(state);
  }

  private void stopInTime() {
    room.timers().startSingleTimer(Group.StopNow.INSTANCE, room.settings().stopWithin());
  }

  private ReplyEffect<GroupEvent, GroupState> rest(GroupState state) {
    boolean isIdle =
        room.handOver().isDone(state)
            && marks.isIdle()
            && !room.timers().isTimerActive(Group.Settle.INSTANCE);
    return isIdle ? goToSleep(state) : effects.noReply();
  }

  private void restLater() {
    if (stopping) {
      room.context().getSelf().tell(GroupCommand.Stop.INSTANCE);
    }
  }

  private ReplyEffect<GroupEvent, GroupState> restIfAsked(GroupState state) {
    return stopping ? rest(state) : effects.noReply();
  }

  /** Notes what has been handed over, so that waking up does not repeat it. */
  private ReplyEffect<GroupEvent, GroupState> goToSleep(GroupState state) {
    return state.out().pending().isEmpty()
        ? effects.stop().thenNoReply()
        : effects.persist(room.handOver().mark(room.now(state))).thenStop().thenNoReply();
  }

  /** Everyone left long ago: forgets all but that there was a group; then answers the command. */
  ReplyEffect<GroupEvent, GroupState> bury(GroupState state, GroupCommand command) {
    return effects
        .persist(new GroupEvent.Gone(room.now(state)))
        .thenRun((GroupState after) -> {
          room.handOver().restart(after);
          room.context().getSelf().tell(command);
        })
        .thenNoReply();
  }
}
