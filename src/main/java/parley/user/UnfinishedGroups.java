package parley.user;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.Amendment;
import parley.message.ConversationId;
import parley.message.Entry;
import parley.message.GroupId;
import parley.message.Message;
import parley.message.UserId;

/**
 * Sees to it that what this user has got of a group comes to its other members too. A group that
 * goes down in the middle of handing something over goes on with it when it wakes up, and it wakes
 * up when it is spoken to. So it is asked whether it is through until it says so: by whoever said
 * something there, a while after that has come back, and by a member's actor that has woken up.
 */
final class UnfinishedGroups {

  /** Conversations that an actor that wakes up asks about: of those spoken in last, the groups. */
  private static final int LATEST = 8;

  /** What was said longer ago has come to all. */
  private static final Duration LATELY = Duration.ofDays(1);

  /** The most asked at a time: their answers may all come while something is journaled. */
  private static final int IN_FLIGHT_MOST = 64;

  /** Longer than an answer may take, and than all but the longest hand-overs do. */
  static final Duration PAUSE = Duration.ofSeconds(5);

  /** The longest one: it doubles while groups are not through, or do not answer. */
  private static final Duration PAUSE_MAX = Duration.ofMinutes(1);

  private final Room room;
  private final Set<GroupId> unfinished = new LinkedHashSet<>();
  private Duration pause = PAUSE;

  UnfinishedGroups(Room room) {
    this.room = room;
  }

  /** Entries have come: some of them may be what this user said in a group. */
  void came(List<Entry> entries) {
    var own = entries.stream().filter(entry -> isBy(room.owner(), entry));
    askLater(own.map(Entry::conversation));
  }

  private static boolean isBy(UserId user, Entry entry) {
    return switch (entry) {
      case Message message -> message.from().equals(user);
      case Amendment amendment -> amendment.by().equals(user);
      default -> false;
    };
  }

  /** The actor begins anew. */
  void restart(UserState state) {
    var lately = room.clock().minus(LATELY);
    askLater(
        state.conversations().newest(LATEST).stream()
            .filter(it -> it.shown().saidAt().isAfter(lately))
            .map(Conversation::id));
  }

  private void askLater(Stream<ConversationId> conversations) {
    conversations
        .filter(ConversationId.Group.class::isInstance)
        .forEach(it -> unfinished.add(((ConversationId.Group) it).group()));
    askLater();
  }

  private void askLater() {
    if (!unfinished.isEmpty() && !room.timers().isTimerActive(User.AskGroups.INSTANCE)) {
      // Many wake up at the same time when a node has gone.
      var spread = ThreadLocalRandom.current().nextLong(pause.toMillis());
      room.timers().startSingleTimer(User.AskGroups.INSTANCE, pause.plusMillis(spread));
    }
  }

  /** It is time to ask. */
  void ask() {
    var asked = unfinished.stream().limit(IN_FLIGHT_MOST).toList();
    asked.forEach(this::ask);
    asked.forEach(unfinished::remove);
    askLater();
  }

  private void ask(GroupId group) {
    CompletionStage<GroupReply.ToPost> answer =
        room.ask(
            room.surroundings().groups().of(group),
            replyTo -> new GroupCommand.Post(room.owner(), List.of(), replyTo));
    room.context()
        .pipeToSelf(
            answer,
            (reply, failure) -> new User.GroupAsked(group, reply instanceof GroupReply.Posted));
  }

  void onAnswered(User.GroupAsked answer) {
    if (answer.isThrough()) {
      pause = PAUSE;
    } else {
      pause = Collections.min(List.of(pause.multipliedBy(2), PAUSE_MAX));
      unfinished.add(answer.group());
      askLater();
    }
  }
}
