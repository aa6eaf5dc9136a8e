package parley.socket;

import akka.http.impl.engine.ws.FrameEvent;
import akka.http.impl.engine.ws.Protocol;
import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import scala.Option;

/**
 * A WebSocket from frames to messages and back.
 *
 * <p>Akka HTTP has this too, but it does not let a server choose the close code, which clients here
 * are told what to do by, and it hides the answers to its pings, so that a peer that has gone
 * without a word is never noticed. Its own framing, below this, is used as it is.
 *
 * <p>A peer that is silent is pinged; one that stays silent is cut off. Silence is not counted
 * while the peer is not read from.
 */
final class SocketStage
    extends GraphStage<BidiShape<FrameEvent, FromSocket, ToSocket, FrameEvent>> {

  /** The looks at the clock within the time after which a silent peer is pinged. */
  private static final int CHECKS = 4;

  /** What RFC 6455 leaves of a control frame for the reason, in bytes. */
  private static final int REASON_BYTES_MAX = 123;

  private static final Protocol.Opcode TEXT = opcode(1);
  private static final Protocol.Opcode PING = opcode(9);
  private static final Protocol.Opcode PONG = opcode(10);
  private static final int NORMAL = 1000;
  private static final int FIRST_REAL_CODE = 3000;

  private final Inlet<FrameEvent> in = Inlet.create("SocketStage.in");
  private final Outlet<FromSocket> toSession = Outlet.create("SocketStage.toSession");
  private final Inlet<ToSocket> fromSession = Inlet.create("SocketStage.fromSession");
  private final Outlet<FrameEvent> out = Outlet.create("SocketStage.out");
  private final SocketSettings settings;

  SocketStage(SocketSettings settings) {
    this.settings = settings;
  }

  @Override
  public BidiShape<FrameEvent, FromSocket, ToSocket, FrameEvent> shape() {
    return new BidiShape<>(in, toSession, fromSession, out);
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

    private final Assembly assembly = new Assembly(settings.frameBytesMax());
    private final Deque<FrameEvent> control = new ArrayDeque<>();
    private Instant heardAt = Instant.now();
    private Instant pingedAt = heardAt;
    private boolean closing;
    private boolean peerHasClosed;

    Logic() {
      super(shape());
      setHandler(in, new FromPeer());
      setHandler(toSession, new ToSession());
      setHandler(fromSession, new FromSession());
      setHandler(out, new ToPeer());
    }

    @Override
    public void preStart() {
      var interval = settings.pingAfter().dividedBy(CHECKS);
      scheduleWithFixedDelay(Check.LIVENESS, interval, interval);
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
      } else if (closing) {
        return;
      } else if (isAvailable(fromSession)) {
        write(grab(fromSession));
      } else if (!isClosed(fromSession) && !hasBeenPulled(fromSession)) {
        pull(fromSession);
      }
    }

    private void write(ToSocket message) {
      switch (message) {
        case ToSocket.Text(ByteString utf8) -> push(out, frame(TEXT, utf8));
        case ToSocket.Close(int code, String reason) -> close(code, reason);
      }
    }

    /** Says goodbye and waits for the peer to say it too, but not for long. */
    private void close(int code, String reason) {
      if (closing) {
        return;
      }
      closing = true;
      control.clear();
      control.addLast(FrameEvent.closeFrame(code, shortened(reason), Option.empty()));
      scheduleOnce(Check.CLOSED, settings.closeTimeout());
      write();
      if (!isClosed(in) && !hasBeenPulled(in)) {
        pull(in);
      }
    }

    private void receive(FrameEvent part) {
      heardAt = Instant.now();
      switch (assembly.add(part, heardAt)) {
        case Assembly.Incomplete nothing -> pull(in);
        case Assembly.Complete complete when closing -> pull(in);
        case Assembly.Complete(FromSocket message) -> push(toSession, message);
        case Assembly.Pong pong -> pull(in);
        case Assembly.Ping(ByteString data) -> {
          answerPing(data);
          pull(in);
        }
        case Assembly.Close(int code) -> closedByPeer(code);
        case Assembly.Violation(CloseCode code, String reason) -> {
          close(code.code(), reason);
          complete(toSession);
        }
      }
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
      close(code >= FIRST_REAL_CODE ? code : NORMAL, "");
    }

    /** The peer's side. */
    private final class FromPeer extends AbstractInHandler {
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
    }

    private final class ToPeer extends AbstractOutHandler {
      @Override
      public void onPull() {
        write();
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        completeStage();
      }
    }

    /** The session's side. */
    private final class ToSession extends AbstractOutHandler {
      @Override
      public void onPull() {
        if (!hasBeenPulled(in) && !isClosed(in)) {
          pull(in);
        }
      }

      @Override
      public void onDownstreamFinish(Throwable cause) {
        close(CloseCode.INTERRUPTED.code(), "This socket cannot go on; connect again");
      }
    }

    private final class FromSession extends AbstractInHandler {
      @Override
      public void onPush() {
        write();
      }

      @Override
      public void onUpstreamFinish() {
        close(CloseCode.INTERRUPTED.code(), "This socket cannot go on; connect again");
      }

      @Override
      public void onUpstreamFailure(Throwable failure) {
        onUpstreamFinish();
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
