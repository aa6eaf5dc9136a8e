package parley.user;

import akka.actor.typed.javadsl.AskPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.UserId;

/**
 * Finds out whether those exist whom the user writes to for the first time. What is sent meanwhile
 * waits behind it, so that order holds.
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
  void check(Set<UserId> strangers, Map<UserId, Optional<Boolean>> found) {
    checking = true;
    var answers = new HashMap<UserId, CompletableFuture<Optional<Boolean>>>();
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

  private CompletableFuture<Optional<Boolean>> exists(UserId stranger) {
    CompletionStage<UserReply.Existence> answer =
        AskPattern.ask(
            room.surroundings().users().of(stranger),
            UserCommand.GetExistence::new,
            room.settings().peerTimeout(),
            room.context().getSystem().scheduler());
    return answer
        .handle((existence, failure) -> Optional.ofNullable(existence))
        .thenApply(existence -> existence.map(UserReply.Existence::exists))
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
