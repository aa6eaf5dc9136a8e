package parley.user;

import akka.actor.typed.ActorRef;
import akka.actor.typed.RecipientRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import parley.group.GroupCommand;
import parley.group.GroupReply;
import parley.keys.MlsCommand;
import parley.keys.MlsReply;
import parley.keys.NextEpoch;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.message.Sealed;

/**
 * Finds out whether those exist whom the user writes to for the first time, whether the user is in
 * groups that they have not heard of, and whether a commit is the first of its epoch. What is sent
 * meanwhile waits behind it, so that order holds.
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

  /**
   * What was found out; those who did not answer have an empty place.
   *
   * @param exists whether recipients do, and whether the user is a member
   * @param claims what became of the epochs that drafts claim
   */
  record Findings(
      Map<ConversationId, Optional<Boolean>> exists,
      Map<Draft, Optional<MlsReply.ToClaim>> claims) {

    static final Findings NOTHING = new Findings(Map.of(), Map.of());

    Findings {
      exists = Map.copyOf(exists);
      claims = Map.copyOf(claims);
    }
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
   * Asks for all of them at once. The actor is told with {@link User.RecipientsChecked}.
   *
   * @param found what earlier checks for the same sends found
   */
  void check(Set<ConversationId> strangers, Findings found) {
    ask(strangers, found.exists(), this::exists, exists -> new Findings(exists, found.claims()));
  }

  /** Claims the epochs that the commits begin; the rest as above. */
  void claim(Map<Draft, DeviceId> commits, Findings found) {
    ask(
        commits.keySet(),
        found.claims(),
        draft -> claim(draft, commits.get(draft)),
        claims -> new Findings(found.exists(), claims));
  }

  private <K, V> void ask(
      Set<K> questions,
      Map<K, Optional<V>> found,
      Function<K, CompletableFuture<Optional<V>>> question,
      Function<Map<K, Optional<V>>, Findings> findings) {
    checking = true;
    var answers = new HashMap<K, CompletableFuture<Optional<V>>>();
    questions.forEach(each -> answers.put(each, question.apply(each)));
    var all =
        CompletableFuture.allOf(answers.values().toArray(CompletableFuture[]::new))
            .thenApply(done -> {
              var known = new HashMap<>(found);
              answers.forEach((each, answer) -> known.put(each, answer.join()));
              return findings.apply(known);
            });
    room.context().pipeToSelf(all, (known, failure) -> new User.RecipientsChecked(known));
  }

  private CompletableFuture<Optional<MlsReply.ToClaim>> claim(Draft draft, DeviceId device) {
    return this.<MlsCommand, MlsReply.ToClaim>ask(
        room.surroundings().encryption().conversations().of(draft.conversation()),
        replyTo ->
            new MlsCommand.Claim(
                room.owner(),
                device,
                draft.clientId(),
                (Sealed) draft.content(),
                draft.next().orElse(NextEpoch.UNTOLD),
                replyTo));
  }

  private CompletableFuture<Optional<Boolean>> exists(ConversationId stranger) {
    return switch (stranger) {
      case ConversationId.Direct direct ->
          this.<UserCommand, UserReply.Existence>ask(
                  room.surroundings().users().of(direct.other(room.owner())),
                  UserCommand.GetExistence::new)
              .thenApply(there -> there.map(UserReply.Existence::exists));
      case ConversationId.Group group ->
          this.<GroupCommand, GroupReply.Standing>ask(
                  room.surroundings().groups().of(group.group()),
                  replyTo -> new GroupCommand.GetStanding(room.owner(), replyTo))
              .thenApply(there -> there.map(GroupReply.Standing.MEMBER::equals));
    };
  }

  private <C, R> CompletableFuture<Optional<R>> ask(
      RecipientRef<C> actor, Function<ActorRef<R>, C> question) {
    return room.ask(actor, question)
        .handle((there, failure) -> Optional.ofNullable(there))
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
