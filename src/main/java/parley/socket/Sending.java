package parley.socket;

import akka.actor.typed.ActorRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;
import parley.media.Carriage;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.Failure;
import parley.message.Refusal;
import parley.socket.SessionCommand.Tick;
import parley.user.Draft;
import parley.user.UserCommand;
import parley.user.UserReply;

/**
 * What the device sends. Each send is answered once, {@code sent} or {@code error}; those behind
 * one that is refused for now, because something is busy or the user has sent too much, are refused
 * with it, so that a repetition of all of them keeps the order.
 *
 * <p>A send that the stream has come by is journaled, and its position is still owed to the device,
 * in its {@code sent} frame. So it is never refused for now: the user's actor is asked again until
 * the message is handed over, which is what {@code sent} promises.
 */
final class Sending {

  private static final Refusal LATE =
      new Refusal(
          Failure.BUSY, "There was no answer in time; repeat it to learn what became of it");
  private static final Refusal BEHIND =
      new Refusal(
          Failure.BUSY, "What was sent before it was refused for now; repeat them in order");

  private static final Refusal NOT_LOADED =
      new Refusal(Failure.BUSY, "Its media cannot be found for the moment; repeat it");

  /** Drafts behind one whose media are loaded; beyond it the client is not read from. */
  private static final int RAMP_DRAFTS_MAX = 32;

  private final Desk desk;
  private final Pipeline pipeline;
  private final ActorRef<UserReply.ToSend> answers;
  private final UserLink link;
  private final LongPredicate isAhead;
  private final Ramp ramp = new Ramp();
  private final Map<ClientId, Content> carrying = new HashMap<>();
  private final RefusedSends refused;
  private boolean open;
  private boolean hasRefused;

  /**
   * @param link the user's actor
   * @param isAhead whether the stream has not come to a position yet
   */
  Sending(Desk desk, UserLink link, Pipeline pipeline, LongPredicate isAhead) {
    this.desk = desk;
    this.link = link;
    this.pipeline = pipeline;
    this.isAhead = isAhead;
    this.refused = new RefusedSends(desk.settings().waitingSendsMax());
    this.answers =
        desk.context().messageAdapter(UserReply.ToSend.class, SessionCommand.SendAnswered::new);
  }

  /**
   * Takes one more; it goes out with the next batch once its media are loaded. False when it was
   * refused for now.
   */
  boolean add(Draft draft) {
    if (!refused.admit(draft.clientId())) {
      refuse(draft.clientId(), BEHIND);
      return false;
    }
    var tooSoon = desk.takeSend(Optional.of(draft.clientId().value()));
    if (tooSoon.isPresent()) {
      refusedForNow(draft.clientId());
      desk.downlink().write(tooSoon.get());
      return false;
    }
    if (ramp.isEmpty() && draft.content().carries().isEmpty()) {
      pipeline.add(draft);
    } else {
      load(draft);
    }
    if (!desk.timers().isTimerActive(Tick.SENDS_LATE)) {
      startTimer();
    }
    return true;
  }

  private void load(Draft draft) {
    long number = ramp.add(draft);
    if (draft.content().carries().isEmpty()) {
      return;
    }
    var load =
        new Carriage.Load(
            desk.caller(), draft.conversation(), draft.clientId().value(), draft.content());
    desk.context()
        .pipeToSelf(
            desk.surroundings().carriage().load(load),
            (loading, failure) ->
                new SessionCommand.MediaLoaded(
                    number, failure == null ? loading : new Carriage.NotLoaded(NOT_LOADED)));
  }

  void onLoaded(long number, Carriage.Loading loading) {
    for (var slot : ramp.loaded(number, loading)) {
      var draft = slot.draft();
      switch (slot.loading().orElseThrow()) {
        case Carriage.Loaded(Content content) -> {
          if (!content.carries().isEmpty()) {
            carrying.put(draft.clientId(), content);
          }
          pipeline.add(draft.saying(content));
        }
        case Carriage.NotLoaded(Refusal why) -> {
          refuse(draft.clientId(), why);
          if (why.failure().retryable()) {
            giveUp(ramp.drop(), BEHIND);
          }
        }
      }
    }
    if (isIdle()) {
      desk.timers().cancel(Tick.SENDS_LATE);
    }
  }

  private boolean isIdle() {
    return pipeline.isIdle() && ramp.isEmpty();
  }

  private void startTimer() {
    desk.timers().startSingleTimer(Tick.SENDS_LATE, desk.settings().askTimeout());
  }

  /** Whether no more should be read from the device for now. */
  boolean isFull() {
    return pipeline.isFull() || ramp.size() >= RAMP_DRAFTS_MAX;
  }

  /** The user's actor is there. What was in flight may have been lost: repeating it is harmless. */
  void opened() {
    open = true;
    if (!pipeline.inFlight().isEmpty()) {
      tell(pipeline.inFlight());
    }
  }

  /** The user's actor is gone; what is in flight waits for it, until it is late. */
  void interrupted() {
    open = false;
  }

  /** Sends what has been collected, if nothing is in flight and no pause is made. */
  void dispatch() {
    if (!open || desk.timers().isTimerActive(Tick.SEND_AGAIN)) {
      return;
    }
    var next = pipeline.inFlight().isEmpty() ? pipeline.next() : List.<Draft>of();
    if (!next.isEmpty()) {
      hasRefused = false;
      tell(next);
      startTimer();
    }
  }

  private void tell(List<Draft> drafts) {
    link.user().tell(new UserCommand.Send(desk.caller(), drafts, answers));
  }

  void onAnswer(UserReply.ToSend answer) {
    switch (answer) {
      case UserReply.Sent sent -> onSent(sent);
      case UserReply.NotSent(ClientId clientId, Refusal why) -> onNotSent(clientId, why);
      case UserReply.Refused(Refusal why) -> onRefused(why);
    }
    if (pipeline.inFlight().isEmpty() && hasRefused) {
      hasRefused = false;
      giveUp(pipeline.dropWaiting(), BEHIND);
      giveUp(ramp.drop(), BEHIND);
    }
    if (isIdle()) {
      desk.timers().cancel(Tick.SENDS_LATE);
    }
  }

  private void onSent(UserReply.Sent sent) {
    if (!pipeline.answered(sent.clientId())) {
      return;
    }
    refused.settle(sent.clientId());
    Optional.ofNullable(carrying.remove(sent.clientId()))
        .ifPresent(content ->
            desk.surroundings()
                .carriage()
                .carried(desk.owner(), sent.clientId().value(), content, sent.id()));
    if (isAhead.test(sent.pos())) {
      pipeline.answerAhead(sent.pos());
    }
    desk.downlink().write(ServerFrame.Sent.of(sent));
  }

  private void onNotSent(ClientId clientId, Refusal why) {
    boolean isForNow = why.failure().retryable();
    if (isForNow && pipeline.askAgain(clientId)) {
      desk.timers().startSingleTimer(Tick.SEND_AGAIN, desk.settings().retryMin());
    } else if (pipeline.answered(clientId)) {
      Optional.ofNullable(carrying.get(clientId))
          .ifPresent(content ->
              desk.surroundings().carriage().refused(desk.owner(), clientId.value(), content, why));
      hasRefused |= isForNow;
      refuse(clientId, why);
    }
  }

  /** Nothing is accepted from the device any more. */
  void onRefused(Refusal why) {
    giveUp(pipeline.dropAll(), why);
    giveUp(ramp.drop(), why);
  }

  /** The answer did not come in time. */
  void onLate() {
    giveUp(pipeline.dropUnknown(), LATE);
    giveUp(ramp.drop(), LATE);
  }

  void onRepetitionAwaited() {
    desk.timers().startSingleTimer(Tick.NOT_REPEATED, desk.settings().askTimeout());
  }

  /** The device has given up what was refused, or it would have been repeated by now. */
  void onNotRepeated() {
    refused.forget();
  }

  private void giveUp(List<Draft> drafts, Refusal why) {
    drafts.forEach(draft -> refuse(draft.clientId(), why));
  }

  private void refuse(ClientId clientId, Refusal why) {
    carrying.remove(clientId);
    if (why == BEHIND) {
      refused.add(clientId);
    } else if (why.failure().retryable()) {
      refusedForNow(clientId);
    } else {
      refused.settle(clientId);
    }
    desk.downlink().write(ServerFrame.Error.of(Optional.of(clientId.value()), why));
  }

  private void refusedForNow(ClientId clientId) {
    refused.add(clientId);
    // In two halves: a node that has stalled finds its timers before what the device sent
    // meanwhile.
    desk.timers().cancel(Tick.NOT_REPEATED);
    desk.timers().startSingleTimer(Tick.REPETITION_AWAITED, desk.settings().askTimeout());
  }
}
