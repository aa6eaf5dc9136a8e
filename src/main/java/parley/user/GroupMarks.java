package parley.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.ConversationId;
import parley.message.GroupId;
import parley.message.MessageId;
import parley.message.Receipt;

/**
 * Tells groups how far the user has got: for each group one mark in flight at a time. It is noted
 * as told once the group has it. Until then it follows from what is journaled that it is to be
 * told, and telling it again is harmless, so that it needs no outbox.
 */
final class GroupMarks {

  /** The most in flight at a time: their answers may all come while something is journaled. */
  private static final int IN_FLIGHT_MOST = 64;

  private final Room room;
  private final Map<GroupId, Receipt> inFlight = new HashMap<>();
  private final Map<GroupId, Receipt> unanswered = new HashMap<>();
  private final List<Receipt> answered = new ArrayList<>();

  GroupMarks(Room room) {
    this.room = room;
  }

  /** Tells groups what there is to tell once a device has stored the mailbox that far. */
  void send(UserState state, long acknowledged, Map<ConversationId, MessageId> delivered) {
    var again = Map.copyOf(unanswered);
    unanswered.clear();
    again.forEach(this::tell);
    for (var due : due(state, acknowledged, delivered)) {
      if (!answered.contains(due)) {
        tell(((ConversationId.Group) due.conversation()).group(), due);
      }
    }
  }

  private static List<Receipt> due(
      UserState state, long acknowledged, Map<ConversationId, MessageId> delivered) {
    long noted = state.devices().acknowledged().values().stream().reduce(0L, Math::max);
    return state.receipts().dueInGroups(Math.max(acknowledged, noted), delivered);
  }

  /** Whether there is something to tell by what the journal has. */
  boolean areDue(UserState state) {
    return !due(state, 0, Map.of()).isEmpty();
  }

  private void tell(GroupId group, Receipt due) {
    var told = inFlight.get(group);
    if (told != null) {
      if (!further(told, due).equals(told)) {
        unanswered.merge(group, due, GroupMarks::further);
      }
      return;
    }
    if (inFlight.size() == IN_FLIGHT_MOST) {
      unanswered.merge(group, due, GroupMarks::further);
      return;
    }
    inFlight.put(group, due);
    CompletionStage<GroupReply.Marked> answer =
        room.ask(
            room.surroundings().groups().of(group),
            replyTo -> new GroupCommand.Mark(room.owner(), due.delivered(), due.read(), replyTo));
    room.context()
        .pipeToSelf(answer, (reply, failure) -> new User.MarkAnswered(group, failure == null));
  }

  /** The group has answered or not; if not it is told again with the next ones. */
  void onAnswered(User.MarkAnswered answer) {
    var told = inFlight.remove(answer.group());
    if (told != null && answer.known()) {
      answered.add(told);
    } else if (told != null) {
      unanswered.merge(answer.group(), told, GroupMarks::further);
    }
  }

  /** The further of the two in each respect. */
  private static Receipt further(Receipt one, Receipt other) {
    var marks =
        new Watermarks(one.delivered(), one.read())
            .with(new Watermarks(other.delivered(), other.read()));
    return new Receipt(one.conversation(), one.by(), marks.delivered(), marks.read());
  }

  /** What groups know and is to be noted. */
  List<UserEvent.Receipting> toNote() {
    return answered.stream().map(it -> new UserEvent.Receipting(it, 0)).toList();
  }

  void noted() {
    answered.clear();
  }

  /** Whether nothing is in flight, and nothing waits for that. */
  boolean isIdle() {
    return inFlight.isEmpty() && unanswered.isEmpty();
  }

  void restart() {
    inFlight.clear();
    unanswered.clear();
    answered.clear();
  }
}
