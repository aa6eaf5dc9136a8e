package parley.user;

import akka.actor.typed.javadsl.AskPattern;
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

  private final Room room;
  private final Map<GroupId, Receipt> inFlight = new HashMap<>();
  private final List<Receipt> answered = new ArrayList<>();

  GroupMarks(Room room) {
    this.room = room;
  }

  /** Tells groups what there is to tell once a device has stored the mailbox that far. */
  void send(UserState state, long acknowledged, Map<ConversationId, MessageId> delivered) {
    for (var due : due(state, acknowledged, delivered)) {
      var group = ((ConversationId.Group) due.conversation()).group();
      boolean isTold = answered.stream().anyMatch(due::equals);
      if (!isTold && inFlight.putIfAbsent(group, due) == null) {
        tell(group, due);
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
    CompletionStage<GroupReply.Marked> answer =
        AskPattern.ask(
            room.surroundings().groups().of(group),
            replyTo -> new GroupCommand.Mark(room.owner(), due.delivered(), due.read(), replyTo),
            room.settings().peerTimeout(),
            room.context().getSystem().scheduler());
    room.context()
        .pipeToSelf(answer, (reply, failure) -> new User.MarkAnswered(group, failure == null));
  }

  /** The group has answered or not; if not it is told again. */
  void onAnswered(User.MarkAnswered answer) {
    var told = inFlight.get(answer.group());
    if (told == null) {
      return;
    }
    if (answer.known()) {
      inFlight.remove(answer.group());
      answered.add(told);
    } else {
      tell(answer.group(), told);
    }
  }

  /** What groups know and is to be noted. */
  List<UserEvent.Receipting> toNote() {
    return answered.stream().map(it -> new UserEvent.Receipting(it, 0)).toList();
  }

  void noted() {
    answered.clear();
  }

  /** Whether nothing is in flight. */
  boolean isIdle() {
    return inFlight.isEmpty();
  }

  void restart() {
    inFlight.clear();
    answered.clear();
  }
}
