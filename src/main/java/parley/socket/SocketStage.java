package parley.socket;

import akka.Done;
import akka.actor.Terminated;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.http.impl.engine.ws.FrameEvent;
import akka.http.impl.engine.ws.Protocol;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.message.UserId;
import parley.socket.SessionCommand.Close;
import parley.socket.SessionCommand.Ready;
import parley.socket.SessionCommand.ToDevice;
import scala.Option;
import scala.Tuple2;
import scala.runtime.BoxedUnit;

/**
 * Joins a WebSocket and its session, both ways with back-pressure: frames that arrive together are
 * handed over together, and a frame for the device becomes text only when the device takes it.
 *
 * <p>Akka HTTP has stages for this too, but they do not let a server choose the close code, which
 * clients here are told what to do by, and hide the answers to its pings, so that a peer that has
 * gone without a word is never noticed. Its own framing, below this, is used as it is. It is one
 * stage because a node keeps it, with the graph that it is of, for each of very many sockets.
 *
 * <p>A peer that is silent is pinged; one that stays silent is cut off. Silence is not counted
 * while the peer is not read from.
 */
final class SocketStage extends GraphStage<FlowShape<FrameEvent, FrameEvent>> {

  private static final Logger log = LoggerFactory.getLogger(SocketStage.class);

  /** The looks at the clock within the time after which a silent peer is pinged. */
  private static final int CHECKS = 4;

  /** What RFC 6455 leaves of a control frame for the reason, in bytes. */
  private static final int REASON_BYTES_MAX = 123;

  private static final Protocol.Opcode TEXT = opcode(1);
  private static final Protocol.Opcode PING = opcode(9);
  private static final Protocol.Opcode PONG = opcode(10);
  private static final Close INTERRUPTED =
      new Close(CloseCode.INTERRUPTED.code(), "This socket cannot go on; connect again");
  private static final int NORMAL = 1000;
  private static final int FIRST_REAL_CODE = 3000;

  private final Inlet<FrameEvent> in = Inlet.create("SocketStage.in");
  private final Outlet<FrameEvent> out = Outlet.create("SocketStage.out");
  private final ActorRef<SessionCommand> session;
  private final UserId user;
  private final SocketSettings settings;

  /**
   * @param session is told what comes from the device, and of its end
   * @param user whose device it is
   */
  SocketStage(ActorRef<SessionCommand> session, UserId user, SocketSettings settings) {
    this.session = session;
    this.user = user;
    this.settings = settings;
  }

  @Override
  public FlowShape<FrameEvent, FrameEvent> shape() {
    return new FlowShape<>(in, out);
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  /** The peer has been silent for too long. */
  static final class PeerGone extends RuntimeException {

    private static final long serialVersionUID = 1;

    PeerGone() {
      super("The peer has gone without a word", null, false, false);
    }
  }

  private enum Check {
    LIVENESS,
    CLOSED
  }

  private final class Logic extends TimerGraphStageLogic {

    private final Assembly assembly = new Assembly(user, settings.frameBytesMax());
    private final Gathering gathering = new Gathering();
    private final Deque<FrameEvent> control = new ArrayDeque<>(1);

    // Comes when the stages have done all that the last read gave them to do.
    private final AsyncCallback<Done> readEnds = createAsyncCallback(done -> onReadEnds());

    private Optional<ToDevice> next = Optional.empty();
    private Iterator<ServerFrame> frames = Collections.emptyIterator();
    private Optional<Close> goodbye = Optional.empty();
    private Instant heardAt = Instant.now();
    private Instant pingedAt = heardAt;
    private boolean sessionIsReady;
    private boolean sessionIsTold;
    private boolean reading;
    private boolean closing;
    private boolean peerHasClosed;

    Logic() {
      super(shape());
      setHandlers(in, out, new Peer());
    }

    @Override
    public void preStart() {
      var self = getStageActor(this::onMessage);
      self.watch(Adapter.toClassic(session));
      session.tell(
          new SessionCommand.Opened(Adapter.toTyped(self.ref()), Adapter.toTyped(self.ref())));
      pull(in);
      var interval = settings.pingAfter().dividedBy(CHECKS);
      scheduleWithFixedDelay(Check.LIVENESS, interval, interval);
    }

    @Override
    public void postStop() {
      leave();
    }

    /** From the session. */
    private BoxedUnit onMessage(Tuple2<akka.actor.ActorRef, Object> message) {
      switch (message._2()) {
        case ToDevice batch -> {
          next = Optional.of(batch);
          write();
        }
        case Ready ready -> {
          sessionIsReady = true;
          handOver();
        }
        case Terminated ended -> {
          sessionIsTold = true;
          close(goodbye.or(() -> next.flatMap(ToDevice::close)).orElse(INTERRUPTED));
        }
        default -> throw new IllegalArgumentException("Not for a socket: " + message._2());
      }
      return BoxedUnit.UNIT;
    }

    @Override
    public void onTimer(Object timer) {
      switch ((Check) timer) {
        case LIVENESS -> checkLiveness(Instant.now());
        case CLOSED -> completeStage();
      }
    }

    private void checkLiveness(Instant now) {
      if (!hasBeenPulled(in)) {
        heardAt = now;
        return;
      }
      var silence = Duration.between(heardAt, now);
      var slow = assembly.begunAt().filter(at -> at.isBefore(now.minus(settings.deadAfter())));
      if (silence.compareTo(settings.deadAfter()) >= 0 || slow.isPresent()) {
        failStage(new PeerGone());
      } else if (silence.compareTo(settings.pingAfter()) >= 0
          && !pingedAt.isAfter(heardAt)
          && !closing) {
        pingedAt = now;
        control.addLast(frame(PING, ByteString.emptyByteString()));
        write();
      }
    }

    private void write() {
      if (!isAvailable(out)) {
        return;
      }
      if (!control.isEmpty()) {
        push(out, control.removeFirst());
        if (peerHasClosed) {
          completeStage();
        }
      } else if (!closing) {
        writeFrame();
      }
    }

    private void writeFrame() {
      if (!frames.hasNext() && goodbye.isEmpty() && next.isPresent()) {
        frames = next.get().frames().iterator();
        goodbye = next.get().close();
        next = Optional.empty();
        session.tell(SessionCommand.Written.INSTANCE);
      }
      if (frames.hasNext()) {
        writeText(frames.next());
      } else {
        goodbye.ifPresent(this::close);
      }
    }

    private void writeText(ServerFrame told) {
      if (!frames.hasNext()) {
        frames = Collections.emptyIterator();
      }
      try {
        push(out, frame(TEXT, FrameCodec.write(told)));
      } catch (RuntimeException e) {
        log.error("Frame not written, will close the socket, user={}", user, e);
        close(INTERRUPTED);
      }
    }

    /** Says goodbye and waits for the peer to say it too, but not for long. */
    private void close(Close close) {
      if (closing) {
        return;
      }
      closing = true;
      control.clear();
      control.addLast(
          FrameEvent.closeFrame(close.code(), shortened(close.reason()), Option.empty()));
      scheduleOnce(Check.CLOSED, settings.closeTimeout());
      write();
      readOn();
    }

    private void readOn() {
      if (!isClosed(in) && !hasBeenPulled(in) && (closing || !gathering.isFull())) {
        pull(in);
      }
    }

    private void receive(FrameEvent part) {
      heardAt = Instant.now();
      switch (assembly.add(part, heardAt)) {
        case Assembly.Incomplete nothing -> {}
        case Assembly.Complete(ClientFrame frame) -> gather(frame);
        case Assembly.Pong pong -> {}
        case Assembly.Ping(ByteString data) -> answerPing(data);
        case Assembly.Close(int code) -> closedByPeer(code);
        case Assembly.Violation(CloseCode code, String reason) -> {
          close(new Close(code.code(), reason));
          leave();
        }
      }
      readOn();
    }

    private void gather(ClientFrame frame) {
      if (closing) {
        return;
      }
      gathering.add(frame);
      if (!reading) {
        reading = true;
        readEnds.invoke(Done.getInstance());
      }
    }

    private void onReadEnds() {
      reading = false;
      handOver();
    }

    private void handOver() {
      if (sessionIsReady && !sessionIsTold && !reading && !gathering.isEmpty()) {
        sessionIsReady = false;
        session.tell(new SessionCommand.Received(gathering.take()));
        readOn();
      }
    }

    /** The session is told what came last, and that no more comes. */
    private void leave() {
      if (sessionIsTold) {
        return;
      }
      sessionIsTold = true;
      if (!gathering.isEmpty()) {
        session.tell(new SessionCommand.Received(gathering.take()));
      }
      session.tell(SessionCommand.Disconnected.INSTANCE);
    }

    /** The latest one is enough, says RFC 6455: a peer that only pings fills no queue. */
    private void answerPing(ByteString data) {
      if (closing) {
        return;
      }
      control.clear();
      control.addLast(frame(PONG, data));
      write();
    }

    private void closedByPeer(int code) {
      peerHasClosed = true;
      if (closing) {
        completeStage();
        return;
      }
      close(new Close(code >= FIRST_REAL_CODE ? code : NORMAL, ""));
    }

    private final class Peer extends AbstractInOutHandler {
      @Override
      public void onPush() {
        receive(grab(in));
      }

      @Override
      public void onUpstreamFinish() {
        completeStage();
      }

      /** A connection that breaks is nothing to tell of: the client comes again. */
      @Override
      public void onUpstreamFailure(Throwable failure) {
        completeStage();
      }

      @Override
      public void onPull() {
        write();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        completeStage();
      }
    }
  }

  private static Protocol.Opcode opcode(int code) {
    return Protocol.Opcode$.MODULE$.forCode((byte) code);
  }

  private static FrameEvent frame(Protocol.Opcode opcode, ByteString data) {
    return FrameEvent.fullFrame(opcode, Option.empty(), data, true, false, false, false);
  }

  private static String shortened(String reason) {
    var bytes = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, REASON_BYTES_MAX);
    while (length < bytes.length && length > 0 && (bytes[length] & 0xc0) == 0x80) {
      length--;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
