package parley.socket;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.limit.TokenBuckets;
import parley.media.Carriage;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.Refusal;
import parley.presence.Presences;
import parley.socket.SessionCommand.Guest;
import parley.socket.SessionCommand.Ready;
import parley.socket.SessionCommand.Tick;
import parley.user.Excerpt;
import parley.user.Piece;
import parley.user.UserCommand;
import parley.user.UserReply;
import parley.user.Users;

/**
 * One WebSocket: speaks frames to the device and commands to the user's actor. It pulls from the
 * mailbox what the device can take; a device that does not read costs what one pull brings.
 */
final class Session extends AbstractOnMessageBehavior<SessionCommand> {

  private static final Refusal ATTACH_FIRST =
      new Refusal(Failure.MALFORMED_REQUEST, "Attach first: {\"t\":\"attach\"}");
  private static final Refusal ATTACHED_ALREADY =
      new Refusal(Failure.MALFORMED_REQUEST, "This socket is attached already");
  private static final Refusal NOT_ATTACHED =
      new Refusal(Failure.MALFORMED_REQUEST, "There was no attach in time");
  private static final Refusal TOKEN_EXPIRED =
      new Refusal(
          Failure.UNAUTHENTICATED, "The access token has expired; refresh it, then connect again");
  private static final Refusal SIGNED_OUT =
      new Refusal(Failure.UNAUTHENTICATED, "The session has ended; sign in again");
  private static final Refusal NOT_MARKED =
      new Refusal(Failure.BUSY, "There was no answer in time; mark it again");
  private static final Refusal NOT_SENT_SO_FAR =
      new Refusal(Failure.MALFORMED_FIELD, "The field \"pos\": the stream has not come that far");

  /** What the scheduler takes is less than 249 days. */
  private static final Duration LONGEST_TIMER = Duration.ofDays(1);

  private final Guest guest;
  private final Desk desk;
  private final Reading reading;
  private final Sending sending;
  private final PresenceLink presence;
  private Optional<ActorRef<Ready>> reader = Optional.empty();
  private boolean isAwaited;

  /** A device that knows what it has need not wait for the greeting: kept until then. */
  private long ackEarly;

  /**
   * What every session works with.
   *
   * @param mailboxes reads the beginning of an excerpt from the journal
   * @param sends what users may send, over REST and sockets together
   * @param typing what users may tell of their typing
   */
  record Surroundings(
      Users users,
      Function<Excerpt, CompletionStage<Piece>> mailboxes,
      Presences presences,
      Carriage carriage,
      TokenBuckets sends,
      TokenBuckets typing,
      InstantSource clock,
      SocketSettings settings) {}

  /** The session of one socket. */
  static Behavior<SessionCommand> create(Guest guest, Surroundings surroundings) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new Session(guest, surroundings, context, timers)));
  }

  private Session(
      Guest guest,
      Surroundings surroundings,
      ActorContext<SessionCommand> context,
      TimerScheduler<SessionCommand> timers) {
    super(context);
    this.guest = guest;
    this.desk = new Desk(guest.caller(), context, timers, surroundings, new Downlink());
    var settings = surroundings.settings();
    var pipeline = new Pipeline(settings.waitingSendsMax(), settings.waitingBytesMax());
    var link = new UserLink(desk);
    this.presence = new PresenceLink(desk, link);
    this.reading = new Reading(desk, link, pipeline, presence::meet);
    this.sending = new Sending(desk, link, pipeline, reading::isAhead);
    // Refusals answer sends and the stream alike: the adapter that was made last takes them.
    context.messageAdapter(UserReply.Refused.class, SessionCommand.UserRefuses::new);
    // In two halves: a node that has stalled finds its timers before what the device sent
    // meanwhile.
    timers.startSingleTimer(Tick.ATTACH_AWAITED, settings.attachWithin().dividedBy(2));
    awaitExpiry();
  }

  @Override
  public Behavior<SessionCommand> onMessage(SessionCommand command) {
    if (command == SessionCommand.Disconnected.INSTANCE || command == Tick.CLOSE_LATE) {
      reading.end();
      return Behaviors.stopped();
    }
    if (command instanceof SessionCommand.Opened(var device, var opened)) {
      desk.downlink().open(device);
      reader = Optional.of(opened);
      isAwaited = true;
    } else if (command == SessionCommand.Written.INSTANCE) {
      desk.downlink().written();
    } else if (command == Tick.FLUSH) {
      desk.downlink().flush();
    } else if (!desk.downlink().isClosing()) {
      handle(command);
    }
    goOn();
    return this;
  }

  /** What is possible now that something has changed. */
  private void goOn() {
    var downlink = desk.downlink();
    if (!downlink.isClosing()) {
      sending.dispatch();
      reading.pull();
      if (isAwaited && !sending.isFull() && !downlink.isFull()) {
        reader.ifPresent(it -> it.tell(Ready.INSTANCE));
        isAwaited = false;
      }
    } else if (!desk.timers().isTimerActive(Tick.CLOSE_LATE)) {
      desk.timers().cancelAll();
      desk.timers()
          .startSingleTimer(Tick.CLOSE_LATE, desk.settings().closeTimeout().multipliedBy(2));
    }
    if (downlink.isFlushDue()) {
      getContext().getSelf().tell(Tick.FLUSH);
    }
  }

  private void handle(SessionCommand command) {
    switch (command) {
      case SessionCommand.Received(var frames) -> {
        isAwaited = true;
        frames.forEach(this::onFrame);
      }
      case SessionCommand.UserSays(var reply) -> onUser(reply);
      case SessionCommand.UserRefuses(var refused) -> onRefused(refused.refusal());
      case SessionCommand.MediaLoaded(long number, var loading) ->
          sending.onLoaded(number, loading);
      case SessionCommand.SendAnswered(var reply) -> sending.onAnswer(reply);
      case SessionCommand.NotMarked(var why) -> refuse(Optional.empty(), why);
      case SessionCommand.Marked done -> {}
      case SessionCommand.EntriesRead(var piece) -> reading.onEntries(piece);
      case SessionCommand.EntriesNotRead(var cause) -> {
        sending.interrupted();
        reading.onNotRead(cause);
      }
      case SessionCommand.UserGone(var actor) -> {
        if (reading.onGone(actor)) {
          sending.interrupted();
        }
      }
      case SessionCommand.PresenceSays(var reply) -> presence.on(reply);
      case SessionCommand.AudienceKnown audience -> presence.onAudienceKnown(audience);
      case SessionCommand.PresenceGone(var actor) -> presence.onGone(actor);
      case SessionCommand.Drain(long reconnectAfterMs) -> drain(reconnectAfterMs);
      case Tick tick -> onTick(tick);
      case SessionCommand.Opened opened -> {}
      case SessionCommand.Written written -> {}
      case SessionCommand.Disconnected gone -> {}
    }
  }

  private void onTick(Tick tick) {
    switch (tick) {
      case ATTACH_AWAITED ->
          desk.timers()
              .startSingleTimer(Tick.NOT_ATTACHED, desk.settings().attachWithin().dividedBy(2));
      case NOT_ATTACHED -> desk.downlink().close(CloseCode.NOT_ATTACHED, NOT_ATTACHED);
      case ATTACH_LATE -> reading.interrupted();
      case ATTACH_AGAIN -> reading.attach();
      case PULL_LATE -> reading.onPullLate();
      case SENDS_LATE -> sending.onLate();
      case SEND_AGAIN -> {}
      case REPETITION_AWAITED -> sending.onRepetitionAwaited();
      case NOT_REPEATED -> sending.onNotRepeated();
      case ACKNOWLEDGE -> reading.acknowledge();
      case ENTER_AGAIN -> presence.enter();
      case TOKEN_EXPIRED -> awaitExpiry();
      case CLOSE_LATE, FLUSH -> {}
    }
  }

  /** In steps: a token may be good for longer than a timer takes. */
  private void awaitExpiry() {
    var remaining = guest.remaining(desk.surroundings().clock().instant());
    if (remaining.isZero()) {
      desk.downlink().close(CloseCode.TOKEN_EXPIRED, TOKEN_EXPIRED);
    } else {
      var step = Collections.min(List.of(remaining, LONGEST_TIMER));
      desk.timers().startSingleTimer(Tick.TOKEN_EXPIRED, step);
    }
  }

  private void onUser(UserReply.ToSession reply) {
    switch (reply) {
      case UserReply.Attached attached -> onAttached(attached);
      case UserReply.Sharing(var correspondents, boolean shown) ->
          presence.share(correspondents, shown);
      case UserReply.Met(var other) -> presence.met(other);
      case UserReply.Pulled(Excerpt entries) -> reading.onPulled(entries);
      case UserReply.KeysLow(int suite, int remaining) ->
          desk.downlink().write(new ServerFrame.KeysLow(suite, remaining));
      case UserReply.SessionEnded ended -> desk.downlink().close(CloseCode.SIGNED_OUT, SIGNED_OUT);
      case UserReply.Refused(Refusal why) -> onRefused(why);
    }
  }

  private void onRefused(Refusal why) {
    sending.onRefused(why);
    desk.downlink().close(closeCode(why), why);
  }

  /** Only who is signed out stays away: one that is busy has its devices back in a while. */
  private static CloseCode closeCode(Refusal why) {
    return switch (why.failure()) {
      case UNAUTHENTICATED -> CloseCode.SIGNED_OUT;
      case TOO_MANY_REQUESTS -> CloseCode.TOO_MANY_SOCKETS;
      default -> CloseCode.INTERRUPTED;
    };
  }

  private void onAttached(UserReply.Attached attached) {
    if (reading.onAttached(attached)) {
      if (ackEarly > 0) {
        onAck(ackEarly);
        ackEarly = 0;
      }
      sending.opened();
      presence.share(attached.correspondents(), attached.showsPresence());
    }
  }

  private void drain(long reconnectAfterMs) {
    desk.downlink().write(new ServerFrame.Draining(reconnectAfterMs));
    desk.downlink().close(CloseCode.DRAINING, "This node goes down; connect again");
  }

  private void refuse(Optional<String> ref, Refusal why) {
    desk.downlink().write(ServerFrame.Error.of(ref, why));
  }

  private void onFrame(ClientFrame frame) {
    if (desk.downlink().isClosing()) {
      return;
    }
    switch (frame) {
      case ClientFrame.Ping ping -> desk.downlink().write(new ServerFrame.Pong());
      case ClientFrame.Unreadable(var ref, var why, var code) -> {
        refuse(ref, why);
        code.ifPresent(it -> desk.downlink().close(it, why.detail()));
      }
      case ClientFrame.Attach(var after) when !reading.hasBegun() -> {
        desk.timers().cancel(Tick.ATTACH_AWAITED);
        desk.timers().cancel(Tick.NOT_ATTACHED);
        reading.begin(after);
      }
      case ClientFrame.Attach again -> refuse(Optional.empty(), ATTACHED_ALREADY);
      case ClientFrame early when !reading.hasBegun() -> refuse(early.ref(), ATTACH_FIRST);
      case ClientFrame.Send send -> onSend(send);
      case ClientFrame.Ack(long pos) -> onAck(pos);
      case ClientFrame.Read read -> onRead(read);
      case ClientFrame.Typing typing -> onTyping(typing);
    }
  }

  private void onSend(ClientFrame.Send send) {
    if (sending.add(send.draft())) {
      presence.meet(send.draft().conversation());
    }
  }

  private void onAck(long pos) {
    if (!reading.hasGreeted()) {
      ackEarly = Math.max(ackEarly, pos);
    } else if (!reading.onAck(pos)) {
      refuse(Optional.empty(), NOT_SENT_SO_FAR);
    }
  }

  private void onTyping(ClientFrame.Typing typing) {
    if (typing.conversation().concerns(desk.owner())) {
      presence.type(typing);
    } else {
      refuse(Optional.empty(), notTheirs(typing.conversation()));
    }
  }

  private static Refusal notTheirs(ConversationId conversation) {
    return new Refusal(Failure.NOT_FOUND, "There is no conversation " + conversation);
  }

  private void onRead(ClientFrame.Read read) {
    var tooSoon = desk.takeSend(read.ref());
    if (tooSoon.isPresent()) {
      desk.downlink().write(tooSoon.get());
      return;
    }
    getContext()
        .<UserCommand, UserReply.ToMarkReadUpTo>ask(
            UserReply.ToMarkReadUpTo.class,
            desk.user(),
            desk.settings().askTimeout(),
            replyTo ->
                new UserCommand.MarkReadUpTo(
                    desk.caller(), read.conversation(), read.upTo(), replyTo),
            (reply, late) ->
                late == null ? marked(reply) : new SessionCommand.NotMarked(NOT_MARKED));
  }

  private static SessionCommand marked(UserReply.ToMarkReadUpTo reply) {
    return switch (reply) {
      case UserReply.MarkedReadUpTo done -> SessionCommand.Marked.INSTANCE;
      case UserReply.Refused(Refusal why) -> new SessionCommand.NotMarked(why);
    };
  }
}
