package parley.user;

import akka.persistence.typed.javadsl.EffectFactories;
import akka.persistence.typed.javadsl.ReplyEffect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Entry;
import parley.message.Message;

/** The way out: what the user sends, from the draft to the hand-over. */
final class SendHandlers {

  private final Room room;
  private final EffectFactories<UserEvent, UserState> effects;
  private final Recipients recipients;
  private final HandOver handOver;
  private final GroupPosts posts;
  private final StreamHandlers streams;
  private boolean stopping;

  SendHandlers(Room room, HandOver handOver, GroupPosts posts, StreamHandlers streams) {
    this.room = room;
    this.effects = room.effects();
    this.recipients = new Recipients(room);
    this.handOver = handOver;
    this.posts = posts;
    this.streams = streams;
  }

  /** Hands over what the journal says is still in the outbox. */
  void onRecovered(UserState state) {
    recipients.refuseAll();
    handOver.restart(state.outbox());
    posts.restart(state);
    if (stopping) {
      // A failed write has ended the actor's timers.
      stopInTime();
      restLater();
    }
  }

  ReplyEffect<UserEvent, UserState> onSend(UserState state, UserCommand.Send send) {
    if (recipients.isChecking()) {
      recipients.await(send);
      return effects.noReply();
    }
    return accept(state, List.of(send), Recipients.Findings.NOTHING);
  }

  ReplyEffect<UserEvent, UserState> onRecipientsChecked(
      UserState state, User.RecipientsChecked checked) {
    return accept(state, recipients.release(), checked.findings());
  }

  private ReplyEffect<UserEvent, UserState> accept(
      UserState state, List<UserCommand.Send> sends, Recipients.Findings found) {
    var strangers = strangers(state, sends);
    if (!found.exists().keySet().containsAll(strangers)) {
      strangers.removeAll(found.exists().keySet());
      sends.forEach(recipients::await);
      recipients.check(strangers, found);
      return effects.noReply();
    }
    var commits = unclaimed(state, sends, found);
    if (!commits.isEmpty()) {
      sends.forEach(recipients::await);
      recipients.claim(commits, found);
      return effects.noReply();
    }
    return acceptAll(state, sends, found);
  }

  private Acceptance acceptance(UserState state, Recipients.Findings found) {
    return new Acceptance(
        state, room.now(state), handOver.upTo(), room.settings().outboxEntriesMax(), found);
  }

  /** The commits that nothing stands against but the claim of their epoch. */
  private Map<Draft, DeviceId> unclaimed(
      UserState state, List<UserCommand.Send> sends, Recipients.Findings found) {
    var commits = new LinkedHashMap<Draft, DeviceId>();
    if (sends.stream().flatMap(send -> send.drafts().stream()).noneMatch(Draft::isCommit)) {
      return commits;
    }
    var trial = acceptance(state, found);
    for (var send : sends) {
      for (var draft : send.drafts()) {
        if (trial.decide(draft) instanceof Acceptance.Unclaimed) {
          commits.put(draft, send.caller().device());
        }
      }
    }
    return commits;
  }

  private ReplyEffect<UserEvent, UserState> acceptAll(
      UserState state, List<UserCommand.Send> sends, Recipients.Findings found) {
    var acceptance = acceptance(state, found);
    var answers = new ArrayList<Runnable>();
    for (var send : sends) {
      for (var draft : send.drafts()) {
        answers.add(answer(acceptance.decide(draft), send));
      }
    }
    var events = acceptance.events();
    if (events.isEmpty()) {
      answers.forEach(Runnable::run);
      return restIfAsked(state);
    }
    long now = System.nanoTime();
    return effects
        .persist(events)
        .thenRun((UserState after) -> {
          room.journaled(now);
          room.grown(after);
          answers.forEach(Runnable::run);
          handOver.start(after.outbox());
          posts.start(after);
        })
        .thenNoReply();
  }

  /** Where the user writes to for the first time. */
  private static Set<ConversationId> strangers(UserState state, List<UserCommand.Send> sends) {
    return sends.stream()
        .flatMap(send -> send.drafts().stream())
        .map(Draft::conversation)
        .filter(state::isStrange)
        .collect(Collectors.toSet());
  }

  private Runnable answer(Acceptance.Verdict verdict, UserCommand.Send send) {
    return switch (verdict) {
      case Acceptance.Accepted it ->
          () ->
              handOver.await(
                  it.number(),
                  () -> answerSent(it.answer(), send),
                  busy -> send.replyTo().tell(new UserReply.NotSent(it.answer().clientId(), busy)));
      case Acceptance.AcceptedInGroup it ->
          () ->
              posts.await(
                  it.group(),
                  it.sequence(),
                  entry -> isCopy(entry, it),
                  after -> answerSent(sent(after, it), send),
                  refusal -> send.replyTo().tell(new UserReply.NotSent(it.clientId(), refusal)));
      case Acceptance.Repeated it -> () -> send.replyTo().tell(it.answer());
      case Acceptance.Refused it -> () -> send.replyTo().tell(it.answer());
      case Acceptance.Unclaimed it ->
          throw new IllegalStateException("Not claimed: " + it.clientId());
    };
  }

  private boolean isCopy(Entry entry, Acceptance.AcceptedInGroup accepted) {
    return entry instanceof Message message
        && message.from().equals(room.owner())
        && message.clientId().equals(accepted.clientId())
        && !message.isNotice();
  }

  /** What the own copy tells that has come back. */
  private static UserReply.Sent sent(UserState after, Acceptance.AcceptedInGroup accepted) {
    var copy = after.sends().find(accepted.clientId()).orElseThrow();
    return new UserReply.Sent(
        accepted.clientId(), copy.id(), new ConversationId.Group(accepted.group()), copy.pos());
  }

  private void answerSent(UserReply.Sent answer, UserCommand.Send send) {
    room.surroundings().metrics().sent(1);
    send.replyTo().tell(answer);
  }

  ReplyEffect<UserEvent, UserState> onHandedOver(UserState state, User.HandedOver done) {
    handOver.succeeded(done.upTo());
    handOver.start(state.outbox());
    if (streams.hasReceipts(state)) {
      room.sendReceiptsSoon();
    }
    return restIfAsked(state);
  }

  ReplyEffect<UserEvent, UserState> onNotHandedOver(User.NotHandedOver failed) {
    handOver.failed(failed.cause());
    return effects.noReply();
  }

  ReplyEffect<UserEvent, UserState> onRefuseUnsent() {
    handOver.refuseLate();
    return effects.noReply();
  }

  ReplyEffect<UserEvent, UserState> onRetryHandOver(UserState state) {
    handOver.start(state.outbox());
    return effects.noReply();
  }

  /**
   * Notes acknowledgements and puts receipts into the outbox: one event for all of them. When the
   * outbox is full they wait for its next hand-over.
   */
  ReplyEffect<UserEvent, UserState> onSendReceipts(UserState state) {
    streams.tellGroups(state);
    if (state.outbox().size(handOver.upTo()) >= room.settings().outboxEntriesMax()) {
      return effects.noReply();
    }
    var receipts = streams.receipts(state, handOver.upTo());
    if (receipts.isEmpty()) {
      return restIfAsked(state);
    }
    return effects
        .persist(receipts)
        .thenRun((UserState after) -> {
          streams.noted();
          handOver.start(after.outbox());
          restLater();
        })
        .thenNoReply();
  }

  /** A user whose outbox is not empty stays awake, for as long as may be. */
  ReplyEffect<UserEvent, UserState> onStop(UserState state) {
    if (!stopping) {
      stopping = true;
      stopInTime();
    }
    return rest(state);
  }

  private void stopInTime() {
    room.timers().startSingleTimer(User.StopNow.INSTANCE, room.settings().stopWithin());
  }

  /** Goes to sleep if nothing is left to do; else does what is left, and is asked again. */
  private ReplyEffect<UserEvent, UserState> rest(UserState state) {
    if (streams.hasReceipts(state)) {
      return onSendReceipts(state);
    }
    streams.tellGroups(state);
    boolean isIdle =
        handOver.isDone(state.outbox())
            && !recipients.isChecking()
            && posts.isDone(state)
            && streams.groupsKnow();
    return isIdle ? goToSleep(state) : effects.noReply();
  }

  private void restLater() {
    if (stopping) {
      room.context().getSelf().tell(UserCommand.Stop.INSTANCE);
    }
  }

  private ReplyEffect<UserEvent, UserState> restIfAsked(UserState state) {
    return stopping ? rest(state) : effects.noReply();
  }

  /** Tells those who still wait that it goes on later; what is journaled is handed over then. */
  ReplyEffect<UserEvent, UserState> onStopNow() {
    recipients.refuseAll();
    handOver.refuseAll();
    posts.refuseAll();
    return effects.stop().thenNoReply();
  }

  /** Notes what has been handed over, so that waking up does not repeat it. */
  private ReplyEffect<UserEvent, UserState> goToSleep(UserState state) {
    posts.refuseAll();
    return state.outbox().pending().isEmpty()
        ? effects.stop().thenNoReply()
        : effects
            .persist(new UserEvent.HandedOver(handOver.upTo(), room.now(state)))
            .thenStop()
            .thenNoReply();
  }
}
