package parley.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import akka.actor.typed.javadsl.AskPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Refusal;

/**
 * Finds out whether those exist whom the user writes to for the first time, and whether the user is
 * in groups that they have not heard of. What is sent meanwhile waits behind it, so that order
 * holds.
 */
final class Recipients {

  /** The most sends that wait; one more is refused. */
  private static final int WAITING_MOST = 1_000;

  private final Room room;
  private final List<UserCommand.Send> waiting = new ArrayList<>();
  private boolean checking;

  Recipients(Room room) {
    this.room = room;
  }

  /** Whether a check is under way. */
  boolean isChecking() {
    return checking;
  }

  /** Keeps the send until the check under way has ended. */
  void await(UserCommand.Send send) {
    if (waiting.size() == WAITING_MOST) {
      refuse(send);
    } else {
      waiting.add(send);
    }
  }

  /**
   * Asks for all of them at once. The actor is told with {@link User.RecipientsChecked}, in which
   * those who did not answer have an empty place.
   *
   * @param found what earlier checks for the same sends found
   */
  void check(Set<ConversationId> strangers, Map<ConversationId, Optional<Boolean>> found) {
    checking = true;
    var answers = new HashMap<ConversationId, CompletableFuture<Optional<Boolean>>>();
    strangers.forEach(stranger -> answers.put(stranger, exists(stranger)));
    var all =
        CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
            .thenApply(done -> {
              var exists = new HashMap<>(found);
              answers.forEach((stranger, answer) -> exists.put(stranger, answer.join()));
              return exists;
            });
    room.context()
        .pipeToSelf(all, (exists, failure) -> new User.RecipientsChecked(Map.copyOf(exists)));
  }

  private CompletableFuture<Optional<Boolean>> exists(ConversationId stranger) {
    return switch (stranger) {
      case ConversationId.Direct direct ->
          this.<UserCommand, UserReply.Existence>ask(
              room.surroundings().users().of(direct.other(room.owner())),
              UserCommand.GetExistence::new,
              UserReply.Existence::exists);
      case ConversationId.Group group ->
          this.<GroupCommand, GroupReply.Standing>ask(
              room.surroundings().groups().of(group.group()),
              replyTo -> new GroupCommand.GetStanding(room.owner(), replyTo),
              GroupReply.Standing.MEMBER::equals);
    };
  }

  private <C, R> CompletableFuture<Optional<Boolean>> ask(
      RecipientRef<C> actor, Function<ActorRef<R>, C> question, Predicate<R> isThere) {
    CompletionStage<R> answer =
        AskPattern.ask(
            actor,
            question::apply,
            room.settings().peerTimeout(),
            room.context().getSystem().scheduler());
    return answer
        .handle((there, failure) -> Optional.ofNullable(there))
        .thenApply(there -> there.map(isThere::test))
        .toCompletableFuture();
  }

  /** The check has ended: the sends that waited for it, which are let go. */
  List<UserCommand.Send> release() {
    checking = false;
    var released = List.copyOf(waiting);
    waiting.clear();
    return released;
  }

  /** Refuses those who wait: the actor has started anew, or ends. */
  void refuseAll() {
    release().forEach(this::refuse);
  }

  private void refuse(UserCommand.Send send) {
    var busy = new Refusal(Failure.BUSY, "Too much waits to be sent; repeat it later");
    send.drafts()
        .forEach(draft -> send.replyTo().tell(new UserReply.NotSent(draft.clientId(), busy)));
  }
}
