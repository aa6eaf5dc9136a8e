package parley.socket;

import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Refusal;
import parley.socket.SessionCommand.Tick;
import parley.user.Excerpt;
import parley.user.Piece;
import parley.user.UserCommand;
import parley.user.UserReply;

/**
 * The mailbox as the device reads it: every position above the attach point once, ascending. It
 * asks for what the device can take, one question at a time; when the user's actor is gone it finds
 * it again and goes on where it was.
 */
final class Reading {

  private static final Refusal INTERRUPTED =
      new Refusal(Failure.BUSY, "The stream cannot go on from here; connect and attach again");

  private final Desk desk;
  private final UserLink link;
  private final Pipeline pipeline;
  private final Consumer<ConversationId> meet;
  private final Window window;
  private final Map<ConversationId, MessageId> delivered = new HashMap<>();
  private Map<ConversationId, MessageId> told = Map.of();
  private Optional<Long> askedAfter = Optional.empty();
  private boolean begun;
  private boolean greeted;
  private boolean pulling;
  private boolean pullsThroughShards;
  private boolean caughtUp;
  private boolean hasUnnoted;
  private boolean hasTold;
  private long toldAt;
  private long latest;
  private long position;
  private long acknowledged;
  private long sequence;
  private Duration pause;

  /**
   * @param link the user's actor
   * @param meet is told of the conversations that entries are of
   */
  Reading(Desk desk, UserLink link, Pipeline pipeline, Consumer<ConversationId> meet) {
    this.desk = desk;
    this.link = link;
    this.meet = meet;
    this.pipeline = pipeline;
    this.window = new Window(desk.settings().windowEntriesMax(), desk.owner());
    this.pause = desk.settings().retryMin();
    this.toldAt = System.nanoTime() - desk.settings().ackInterval().toNanos();
  }

  /** Whether the device has asked for the stream. */
  boolean hasBegun() {
    return begun;
  }

  /** Whether the device has been greeted. */
  boolean hasGreeted() {
    return greeted;
  }

  /** Whether the stream has not come to the position yet. */
  boolean isAhead(long pos) {
    return pos > position;
  }

  /** Starts after the position; empty: after the device's last acknowledgement. */
  void begin(Optional<Long> after) {
    begun = true;
    askedAfter = after;
    attach();
  }

  /** Makes itself known to the user's actor. */
  void attach() {
    desk.user().tell(new UserCommand.Attach(desk.caller(), askedAfter, link.answers()));
    desk.timers().startSingleTimer(Tick.ATTACH_LATE, desk.settings().askTimeout());
  }

  /** The user's actor is there; false when the stream cannot go on. */
  boolean onAttached(UserReply.Attached answer) {
    if (link.isAttached()) {
      return true;
    }
    desk.timers().cancel(Tick.ATTACH_LATE);
    desk.timers().cancel(Tick.ATTACH_AGAIN);
    if (greeted && answer.from() < position) {
      desk.downlink().close(CloseCode.INTERRUPTED, INTERRUPTED);
      return false;
    }
    link.attached(answer.actor());
    if (greeted) {
      repeatAcknowledgement();
    } else {
      greet(answer);
    }
    return true;
  }

  private void greet(UserReply.Attached answer) {
    greeted = true;
    latest = answer.latest();
    passed(answer.from());
    acknowledged = position - 1;
    var resume = answer.complete() ? ServerFrame.Resume.COMPLETE : ServerFrame.Resume.RESET;
    desk.downlink()
        .write(
            new ServerFrame.Hello(desk.owner(), desk.caller().device(), latest, position, resume));
    tellCaughtUp();
  }

  private void passed(long pos) {
    position = pos;
    askedAfter = Optional.of(pos);
  }

  private void tellCaughtUp() {
    if (!caughtUp && position >= latest) {
      caughtUp = true;
      desk.downlink().write(new ServerFrame.CaughtUp(latest));
    }
  }

  /** Asks for the next entries, when the device can take some. */
  void pull() {
    int limit = Math.min(window.room(), desk.settings().pullEntriesMax());
    if (link.isAttached() && !pulling && limit > 0 && desk.downlink().isReady()) {
      pulling = true;
      var asked = pullsThroughShards ? desk.user() : link.user();
      pullsThroughShards = false;
      asked.tell(new UserCommand.Pull(desk.caller(), position, limit, link.answers()));
      desk.timers().startSingleTimer(Tick.PULL_LATE, desk.settings().pullTimeout());
    }
  }

  /** Nothing has happened for a while: asks again through the shards, which keeps users awake. */
  void onPullLate() {
    pulling = false;
    pullsThroughShards = true;
  }

  void onPulled(Excerpt excerpt) {
    if (!pulling) {
      return;
    }
    if (excerpt.older().isEmpty()) {
      onEntries(Piece.of(excerpt.recent(), desk.settings().pullBytesMax()));
      return;
    }
    desk.timers().cancel(Tick.PULL_LATE);
    desk.context()
        .pipeToSelf(
            desk.surroundings().mailboxes().apply(excerpt.goingOnAt(sequence)),
            (piece, failure) ->
                failure == null
                    ? new SessionCommand.EntriesRead(piece)
                    : new SessionCommand.EntriesNotRead(failure));
  }

  /** Takes those that come next; what an earlier question was answered late with is passed over. */
  void onEntries(Piece piece) {
    desk.timers().cancel(Tick.PULL_LATE);
    pulling = false;
    for (var entry : piece.entries()) {
      if (entry.pos() == position + 1 && window.room() > 0) {
        emit(entry);
        passed(entry.pos());
        tellCaughtUp();
        pause = desk.settings().retryMin();
      } else if (entry.pos() > position + 1 && window.room() > 0) {
        onNotRead(new IllegalStateException("Position " + (position + 1) + " is missing"));
        return;
      }
    }
    sequence = piece.next(position, sequence);
  }

  /** What this socket sent itself comes to it in its {@code sent} frame. */
  private void emit(Positioned entry) {
    if (pipeline.takeAnsweredAhead(entry.pos())) {
      return;
    }
    if (entry.entry() instanceof Message message
        && message.from().equals(desk.owner())
        && pipeline.isOwn(message)) {
      pipeline.withhold(message.clientId());
    } else {
      tell(entry);
    }
  }

  /** Tells the device of an entry; one that it has stored on an earlier socket is not ahead. */
  private void tell(Positioned entry) {
    if (entry.pos() > acknowledged) {
      window.add(entry);
    }
    meet.accept(entry.entry().conversation());
    desk.downlink().write(ServerFrame.of(entry, desk.owner()));
  }

  void onNotRead(Throwable cause) {
    desk.context().getLog().warn("Mailbox not read, will retry, user={}", desk.owner(), cause);
    interrupted();
  }

  /** Whether it is the actor that the session is attached to; then it is no more. */
  boolean onGone(ActorRef<UserCommand> gone) {
    boolean isOurs = link.isGone(gone);
    if (isOurs) {
      interrupted();
    }
    return isOurs;
  }

  /** Attaches again after a pause, and goes on where it was. */
  void interrupted() {
    link.interrupted();
    pulling = false;
    desk.timers().cancel(Tick.PULL_LATE);
    desk.timers().startSingleTimer(Tick.ATTACH_AGAIN, pause);
    pause = Collections.min(List.of(pause.multipliedBy(2), desk.settings().retryMax()));
  }

  /**
   * The device has stored everything up to there, on an earlier socket perhaps; false when there
   * was nothing that far.
   */
  boolean onAck(long pos) {
    if (pos > Math.max(latest, reach())) {
      return false;
    }
    if (pos > acknowledged) {
      acknowledged = pos;
      window.acknowledge(pos).forEach((id, message) -> delivered.merge(id, message, Window::later));
      hasUnnoted = true;
      acknowledgeSoon();
    }
    return true;
  }

  /** What the device has without a gap: some of it in {@code sent} frames ahead of the stream. */
  private long reach() {
    long reach = position;
    while (pipeline.isAnsweredAhead(reach + 1)) {
      reach++;
    }
    return reach;
  }

  /** At once, or when the interval since the last time is over. */
  private void acknowledgeSoon() {
    if (desk.timers().isTimerActive(Tick.ACKNOWLEDGE)) {
      return;
    }
    var since = Duration.ofNanos(System.nanoTime() - toldAt);
    var rest = desk.settings().ackInterval().minus(since);
    if (rest.isPositive()) {
      desk.timers().startSingleTimer(Tick.ACKNOWLEDGE, rest);
    } else {
      acknowledge();
    }
  }

  /** Passes on what was acknowledged since the last time. */
  void acknowledge() {
    if (hasUnnoted && link.isAttached()) {
      tellAcknowledged();
    }
  }

  /** The socket is closed: passes on what was acknowledged last. */
  void end() {
    if (hasUnnoted) {
      tellAcknowledged();
    }
  }

  private void tellAcknowledged() {
    hasUnnoted = false;
    told = Map.copyOf(delivered);
    delivered.clear();
    hasTold = true;
    toldAt = System.nanoTime();
    link.user()
        .tell(new UserCommand.Acknowledge(desk.caller(), acknowledged, told, link.answers()));
  }

  /** The actor that is gone may not have noted the last one. */
  private void repeatAcknowledgement() {
    if (hasTold || hasUnnoted) {
      told.forEach((id, message) -> delivered.merge(id, message, Window::later));
      tellAcknowledged();
    }
  }
}
