package parley.user;

import akka.persistence.typed.javadsl.ReplyEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.group.Posting;
import parley.message.Entry;
import parley.message.Failure;
import parley.message.GroupId;
import parley.message.Portion;
import parley.message.Refusal;

/**
 * The way to groups: for each group one post in flight at a time, so that order holds, repeated
 * with growing pauses until the group answers. Whoever sent is answered when the own copy has come
 * back, since it tells the id; or when the group has refused it.
 */
final class GroupPosts {

  /** Postings of one post: bounds one journal write of the group. */
  private static final int BATCH_MOST = 64;

  /** The most in flight at a time: their answers may all come while something is journaled. */
  private static final int IN_FLIGHT_MOST = 64;

  private static final Duration LATE_CHECK = Duration.ofSeconds(1);
  private static final Refusal PASSED_OVER =
      new Refusal(Failure.NOT_ALLOWED, "The group has not taken it");
  private static final Refusal LATE =
      new Refusal(Failure.BUSY, "Not come back from the group yet; repeat it to learn of it");

  private final Room room;
  private final Map<GroupId, Lane> lanes = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private final UnfinishedGroups unfinished;

  GroupPosts(Room room) {
    this.room = room;
    this.unfinished = new UnfinishedGroups(room);
  }

  /** How far the posts to one group have got. */
  private static final class Lane {
    private boolean inFlight;
    private long answeredUpTo;
    private Duration pause;

    Lane(Duration pause) {
      this.pause = pause;
    }
  }

  /** Whoever is to be answered once the posting has come back or was refused. */
  private record Waiting(
      GroupId group,
      long sequence,
      Predicate<Entry> isCopy,
      Consumer<UserState> done,
      Consumer<Refusal> refuse,
      Instant until) {}

  /**
   * Waits for a posting.
   *
   * @param isCopy tells its own copy
   * @param done runs with the state that has that
   */
  void await(
      GroupId group,
      long sequence,
      Predicate<Entry> isCopy,
      Consumer<UserState> done,
      Consumer<Refusal> refuse) {
    if (waiting.size() >= room.settings().outboxEntriesMax()) {
      waiting.removeFirst().refuse().accept(LATE);
    }
    var until = room.clock().plus(room.settings().answerWithin());
    waiting.add(new Waiting(group, sequence, isCopy, done, refuse, until));
    if (!room.timers().isTimerActive(User.RefuseLate.INSTANCE)) {
      room.timers().startTimerWithFixedDelay(User.RefuseLate.INSTANCE, LATE_CHECK);
    }
  }

  /** Whether the groups have answered all there is. */
  boolean isDone(UserState state) {
    return state.postings().groups().stream()
        .allMatch(group -> {
          var lane = lanes.get(group);
          return lane != null && state.postings().after(group, lane.answeredUpTo, 1).isEmpty();
        });
  }

  /** Posts what there is, to each group that is not being posted to. */
  void start(UserState state) {
    state.postings().groups().forEach(group -> start(state, group));
  }

  private Lane lane(GroupId group) {
    return lanes.computeIfAbsent(group, it -> new Lane(room.settings().retryMin()));
  }

  private void start(UserState state, GroupId group) {
    var lane = lane(group);
    if (lane.inFlight
        || lanes.values().stream().filter(it -> it.inFlight).count() == IN_FLIGHT_MOST
        || room.timers().isTimerActive(new User.RetryPost(group))) {
      return;
    }
    var left = state.postings().after(group, lane.answeredUpTo, BATCH_MOST);
    var batch = Portion.first(left, Posting::sizeBytes, BATCH_MOST);
    if (batch.isEmpty()) {
      return;
    }
    lane.inFlight = true;
    CompletionStage<GroupReply.ToPost> answer =
        room.ask(
            room.surroundings().groups().of(group),
            replyTo -> new GroupCommand.Post(room.owner(), batch, replyTo));
    long last = batch.getLast().sequence();
    room.context()
        .pipeToSelf(
            answer,
            (reply, failure) ->
                reply instanceof GroupReply.Posted posted
                    ? new User.PostAnswered(group, last, posted.refused())
                    : new User.PostUnanswered(group));
  }

  ReplyEffect<UserEvent, UserState> onAnswered(UserState state, User.PostAnswered answered) {
    var lane = lane(answered.group());
    lane.inFlight = false;
    lane.pause = room.settings().retryMin();
    lane.answeredUpTo = Math.max(lane.answeredUpTo, answered.upTo());
    var refused =
        answered.refused().keySet().stream()
            .filter(sequence -> state.postings().has(answered.group(), sequence))
            .toList();
    if (refused.isEmpty()) {
      start(state);
      return room.effects().noReply();
    }
    return room.effects()
        .persist(new UserEvent.PostingsRefused(answered.group(), refused, room.now(state)))
        .thenRun((UserState after) -> {
          refused.forEach(sequence -> {
            var refusal = answered.refused().get(sequence);
            release(
                it -> it.group().equals(answered.group()) && it.sequence() == sequence,
                it -> it.refuse().accept(refusal));
          });
          start(after);
        })
        .thenNoReply();
  }

  ReplyEffect<UserEvent, UserState> onUnanswered(User.PostUnanswered failed) {
    var lane = lane(failed.group());
    lane.inFlight = false;
    room.timers().startSingleTimer(new User.RetryPost(failed.group()), lane.pause);
    var doubled = lane.pause.multipliedBy(2);
    lane.pause =
        doubled.compareTo(room.settings().retryMax()) < 0 ? doubled : room.settings().retryMax();
    return room.effects().noReply();
  }

  ReplyEffect<UserEvent, UserState> onRetry(UserState state, User.RetryPost retry) {
    start(state, retry.group());
    return room.effects().noReply();
  }

  /** Entries have arrived: answers those whose own copy is among them, and whom it has passed. */
  void cameBack(UserState after, List<Entry> entries) {
    unfinished.came(entries);
    release(
        it -> !after.postings().has(it.group(), it.sequence()),
        it -> {
          if (entries.stream().anyMatch(it.isCopy())) {
            it.done().accept(after);
          } else {
            it.refuse().accept(PASSED_OVER);
          }
        });
  }

  ReplyEffect<UserEvent, UserState> onAskGroups() {
    unfinished.ask();
    return room.effects().noReply();
  }

  ReplyEffect<UserEvent, UserState> onGroupAsked(User.GroupAsked asked) {
    unfinished.onAnswered(asked);
    return room.effects().noReply();
  }

  /**
   * Refuses those who have waited for too long. What they wait for is posted again: the group knows
   * it, but may have gone down since, and nobody else may wake it.
   */
  ReplyEffect<UserEvent, UserState> onRefuseLate(UserState state) {
    var now = room.clock();
    release(
        it -> it.until().isBefore(now),
        it -> {
          var lane = lane(it.group());
          lane.answeredUpTo = Math.min(lane.answeredUpTo, it.sequence() - 1);
          it.refuse().accept(LATE);
        });
    start(state);
    return room.effects().noReply();
  }

  private void release(Predicate<Waiting> is, Consumer<Waiting> answer) {
    if (waiting.isEmpty()) {
      return;
    }
    var released = waiting.stream().filter(is).toList();
    waiting.removeAll(released);
    released.forEach(answer);
    if (waiting.isEmpty()) {
      room.timers().cancel(User.RefuseLate.INSTANCE);
    }
  }

  /** Begins anew: the journal has been replayed, and says what is to be posted. */
  void restart(UserState state) {
    refuseAll();
    lanes.keySet().forEach(group -> room.timers().cancel(new User.RetryPost(group)));
    lanes.clear();
    start(state);
    unfinished.restart(state);
  }

  /** Refuses those who wait: what they wait for goes on later. */
  void refuseAll() {
    release(it -> true, it -> it.refuse().accept(LATE));
  }
}
