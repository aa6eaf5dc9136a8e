package parley.socket;

import akka.http.impl.engine.ws.FrameEvent;
import akka.http.impl.engine.ws.FrameEventParser;
import akka.http.impl.engine.ws.FrameHeader;
import akka.http.impl.engine.ws.FrameStart;
import akka.util.ByteString;
import java.time.Instant;
import java.util.Optional;
import parley.message.UserId;

/**
 * Puts a user's messages together from the parts of frames, as RFC 6455 says, and reads them; at
 * most one at a time, and of bounded size. What goes beyond that is passed over, and not kept.
 */
final class Assembly {

  private static final int CONTROL_BYTES_MAX = 125;

  /** What is passed over of one message, as so many times the limit; then the client is cut off. */
  private static final long SKIPPED_FACTOR = 64;

  /** The opcode of a continuation, and the kind of message while there is none. */
  private static final int CONTINUATION = 0;

  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final UserId user;
  private final int bytesMax;
  private FrameHeader frame;
  private int mask;

  /** The frame whose parts come is none: what is left of it is passed over. */
  private boolean isWrong;

  private ByteString control = ByteString.emptyByteString();
  private int kind;
  private ByteString message = ByteString.emptyByteString();
  private long length;
  private Optional<Instant> begunAt = Optional.empty();

  Assembly(UserId user, int bytesMax) {
    this.user = user;
    this.bytesMax = bytesMax;
  }

  /** What a part of a frame has completed. */
  sealed interface Outcome {}

  /** Nothing yet. */
  record Incomplete() implements Outcome {}

  record Complete(ClientFrame frame) implements Outcome {}

  record Ping(ByteString data) implements Outcome {}

  record Pong() implements Outcome {}

  /**
   * @param code 1005: the client gave none
   */
  record Close(int code) implements Outcome {}

  /** The client does not keep to the protocol. */
  record Violation(CloseCode code, String reason) implements Outcome {}

  /** Takes the next part of a frame. */
  Outcome add(FrameEvent part, Instant now) {
    if (part instanceof FrameStart start) {
      var wrong = wrong(start.header());
      isWrong = wrong.isPresent();
      if (isWrong) {
        return new Violation(CloseCode.PROTOCOL_ERROR, wrong.get());
      }
      begin(start.header(), now);
    }
    if (isWrong) {
      return new Incomplete();
    }
    var unmasked = FrameEventParser.mask(part.data(), mask);
    mask = (int) unmasked._2();
    return isControl(frame)
        ? addControl(unmasked._1(), part.lastPart())
        : addData(unmasked._1(), part.lastPart());
  }

  private Optional<String> wrong(FrameHeader header) {
    int opcode = header.opcode().code();
    if (header.rsv1() || header.rsv2() || header.rsv3() || header.mask().isEmpty()) {
      return Optional.of("A frame without a mask, or with an extension that was not agreed on");
    }
    return switch (opcode) {
      case CLOSE, PING, PONG ->
          header.length() > CONTROL_BYTES_MAX || !header.fin()
              ? Optional.of("A control frame is too long or in parts")
              : Optional.empty();
      case TEXT, BINARY ->
          kind == CONTINUATION
              ? Optional.empty()
              : Optional.of("A message begins inside another one");
      case CONTINUATION ->
          kind == CONTINUATION
              ? Optional.of("A message is continued that was not begun")
              : Optional.empty();
      default -> Optional.of("An unknown opcode");
    };
  }

  private void begin(FrameHeader header, Instant now) {
    frame = header;
    mask = (int) header.mask().get();
    if (isControl(header)) {
      control = ByteString.emptyByteString();
    } else if (kind == CONTINUATION) {
      kind = header.opcode().code();
      begunAt = Optional.of(now);
    }
  }

  private static boolean isControl(FrameHeader header) {
    return header.opcode().code() >= CLOSE;
  }

  private Outcome addControl(ByteString data, boolean last) {
    control = control.concat(data);
    if (!last) {
      return new Incomplete();
    }
    return switch (frame.opcode().code()) {
      case PING -> new Ping(control);
      case PONG -> new Pong();
      default -> new Close(control.length() < 2 ? 1005 : closeCode());
    };
  }

  private int closeCode() {
    return (control.apply(0) & 0xff) << 8 | control.apply(1) & 0xff;
  }

  private Outcome addData(ByteString data, boolean last) {
    length += data.length();
    message =
        kind == TEXT && length <= bytesMax ? message.concat(data) : ByteString.emptyByteString();
    if (length > SKIPPED_FACTOR * bytesMax) {
      return new Violation(CloseCode.TOO_LARGE, "A message is far larger than is allowed");
    }
    return last && frame.fin() ? new Complete(finish()) : new Incomplete();
  }

  private ClientFrame finish() {
    ClientFrame whole;
    if (kind == BINARY) {
      whole = FrameCodec.binary();
    } else if (length > bytesMax) {
      whole = FrameCodec.tooLarge(bytesMax);
    } else {
      whole = FrameCodec.read(message.toArrayUnsafe(), user);
    }
    kind = CONTINUATION;
    message = ByteString.emptyByteString();
    length = 0;
    begunAt = Optional.empty();
    return whole;
  }

  /** When the message was begun that has not been completed. */
  Optional<Instant> begunAt() {
    return begunAt;
  }
}
