package parley.group;

import akka.actor.typed.ActorRef;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.Entry;
import parley.message.MessageId;
import parley.message.Receipt;
import parley.message.UserId;

/**
 * How far members have got: collected for a moment, journaled together, and told to those who said
 * it. In a small group they are told of each member, else only of all together.
 */
final class MarkHandlers {

  /** The most marks of one event, and the most that are told by it: some 100 KiB. */
  private static final int AT_ONCE_MOST = 500;

  private static final GroupReply.Marked MARKED = new GroupReply.Marked();

  private final Room room;
  private final Map<UserId, Pending> pending = new LinkedHashMap<>();

  MarkHandlers(Room room) {
    this.room = room;
  }

  /** What is not journaled yet, and who waits for it. */
  private record Pending(Reach reach, List<ActorRef<GroupReply.Marked>> waiting) {}

  ReplyEffect<GroupEvent, GroupState> onMark(GroupState state, GroupCommand.Mark mark) {
    var member = state.roster().find(mark.by());
    if (member.isEmpty()) {
      return room.effects().reply(mark.replyTo(), MARKED);
    }
    var before = pending.get(mark.by());
    var known = before == null ? member.get().reach() : before.reach();
    var reach = known.marked(mark.delivered(), mark.read(), state.latest());
    if (before == null && reach.equals(known)) {
      return room.effects().reply(mark.replyTo(), MARKED);
    }
    var waiting = before == null ? new ArrayList<ActorRef<GroupReply.Marked>>() : before.waiting();
    waiting.add(mark.replyTo());
    pending.put(mark.by(), new Pending(reach, waiting));
    room.settleSoon();
    return room.effects().noReply();
  }

  /** Journals what was collected. */
  ReplyEffect<GroupEvent, GroupState> onSettle(GroupState state) {
    var taken = new LinkedHashMap<UserId, Pending>();
    pending.entrySet().stream()
        .filter(each -> state.roster().find(each.getKey()).isPresent())
        .limit(AT_ONCE_MOST)
        .forEach(each -> taken.put(each.getKey(), each.getValue()));
    pending.entrySet().stream()
        .filter(each -> state.roster().find(each.getKey()).isEmpty())
        .forEach(each -> answer(each.getValue()));
    pending.keySet().removeIf(user -> state.roster().find(user).isEmpty());
    pending.keySet().removeAll(taken.keySet());
    var moved = new LinkedHashMap<UserId, Reach>();
    taken.forEach((user, it) -> moved.put(user, it.reach()));
    var tellings = tellings(state, moved);
    if (!pending.isEmpty() || tellings.size() >= AT_ONCE_MOST) {
      room.settleSoon();
    }
    if (moved.isEmpty() && tellings.isEmpty()) {
      return room.effects().noReply();
    }
    var marks =
        moved.entrySet().stream()
            .map(each -> new GroupEvent.Mark(each.getKey(), each.getValue()))
            .toList();
    return room.effects()
        .persist(new GroupEvent.Marked(marks, tellings, room.now(state)))
        .thenRun((GroupState after) -> {
          taken.values().forEach(MarkHandlers::answer);
          room.handOver().start(after);
        })
        .thenNoReply();
  }

  private static void answer(Pending settled) {
    settled.waiting().forEach(each -> each.tell(MARKED));
  }

  private List<GroupEvent.Telling> tellings(GroupState state, Map<UserId, Reach> moved) {
    var tellings = new ArrayList<GroupEvent.Telling>();
    if (state.roster().members().size() <= room.settings().receiptsMembersMax()) {
      moved.forEach((user, reach) -> tellings.addAll(ofOne(state, user, reach)));
    }
    var slowest = state.roster().slowest(moved);
    for (var each : state.roster().members().entrySet()) {
      if (tellings.size() >= AT_ONCE_MOST) {
        break;
      }
      var said = each.getValue().said();
      if (said.isAny()) {
        slowest
            .but(each.getKey())
            .flatMap(others -> said.due(others, state.id()))
            .ifPresent(it -> tellings.add(new GroupEvent.Telling(each.getKey(), it)));
      }
    }
    return tellings;
  }

  /** The receipt of one member, for each whom it may concern. */
  private static List<GroupEvent.Telling> ofOne(GroupState state, UserId user, Reach reach) {
    var before = state.roster().find(user).orElseThrow().reach();
    Entry receipt =
        new Receipt(state.id(), user, Optional.of(reach.delivered()), Optional.of(reach.read()));
    return state.roster().members().entrySet().stream()
        .filter(each -> !each.getKey().equals(user))
        .filter(each -> concerns(each.getValue(), before, reach))
        .map(each -> new GroupEvent.Telling(each.getKey(), receipt))
        .toList();
  }

  /** Whether the step may go over something that the member has said. */
  private static boolean concerns(Member member, Reach before, Reach after) {
    return covers(member, before.delivered(), after.delivered())
        || covers(member, before.read(), after.read());
  }

  private static boolean covers(Member member, MessageId before, MessageId after) {
    return after.isAfter(before)
        && member.said().isAny()
        && member.said().last().isAfter(before)
        && !member.said().first().isAfter(after);
  }

  /** Whether there is nothing to journal. */
  boolean isIdle() {
    return pending.isEmpty();
  }

  /** After a failed write: who waited asks again, since they were not answered. */
  void restart() {
    pending.clear();
  }
}
