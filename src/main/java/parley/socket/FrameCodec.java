package parley.socket;

import akka.util.ByteString;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.Failure;
import parley.message.MessageId;
import parley.message.Refusal;
import parley.message.UserId;
import parley.socket.ClientFrame.Unreadable;
import parley.user.Draft;
import parley.wire.Fields;
import parley.wire.Json;
import parley.wire.NotJson;
import parley.wire.RefusedInput;
import parley.wire.SendRequest;

/** Joins the text of frames and their types. */
final class FrameCodec {

  private static final String REF = "ref";

  private FrameCodec() {}

  /** The text of a frame, in UTF-8. */
  static ByteString write(ServerFrame frame) {
    return ByteString.fromArrayUnsafe(Json.bytes(frame));
  }

  /** What the user says with the text; {@link Unreadable} says why it is not a frame. */
  static ClientFrame read(byte[] text, UserId user) {
    Fields fields;
    try {
      fields = Json.object(text);
    } catch (NotJson notJson) {
      return new Unreadable(Optional.empty(), notJson.refusal(), Optional.of(CloseCode.NOT_JSON));
    } catch (RefusedInput noFrame) {
      return new Unreadable(Optional.empty(), noFrame.refusal(), Optional.empty());
    }
    try {
      return read(fields, user);
    } catch (RefusedInput refused) {
      return new Unreadable(ref(fields), refused.refusal(), Optional.empty());
    }
  }

  private static ClientFrame read(Fields fields, UserId user) {
    return switch (fields.text("t")) {
      case "attach" -> new ClientFrame.Attach(fields.optionalNumber("after"));
      case "send" -> send(fields, user);
      case "ack" -> new ClientFrame.Ack(fields.number("pos"));
      case "read" ->
          new ClientFrame.Read(
              fields.value("conversation", ConversationId::parse),
              fields.value("upTo", MessageId::parse));
      case "typing" ->
          new ClientFrame.Typing(
              fields.value("conversation", ConversationId::parse), fields.flag("on"));
      case "ping" -> new ClientFrame.Ping();
      default -> throw unknownType();
    };
  }

  private static ClientFrame send(Fields fields, UserId user) {
    fields.text(REF);
    var request = SendRequest.read(fields, REF, user);
    return new ClientFrame.Send(
        new Draft(
            request.clientId().orElseThrow(),
            request.conversation(),
            request.content(),
            request.replyTo(),
            request.mentions(),
            request.next()));
  }

  private static RefusedInput unknownType() {
    return new RefusedInput(
        Failure.MALFORMED_FIELD,
        "The field \"t\": attach, send, ack, read, typing or ping is expected");
  }

  /** Only what could be one: an answer repeats no other text. */
  private static Optional<String> ref(Fields fields) {
    try {
      return fields.optionalValue(REF, ClientId::new).map(ClientId::value);
    } catch (RefusedInput noText) {
      return Optional.empty();
    }
  }

  /** A binary frame. */
  static Unreadable binary() {
    return new Unreadable(
        Optional.empty(),
        new Refusal(Failure.MALFORMED_REQUEST, "Frames are text; a binary one is not read"),
        Optional.of(CloseCode.BINARY));
  }

  /** A frame that is too long to be looked at. */
  static Unreadable tooLarge(int frameBytesMax) {
    return new Unreadable(
        Optional.empty(),
        new Refusal(Failure.TOO_LARGE, "A frame has %d bytes at the most".formatted(frameBytesMax)),
        Optional.empty());
  }
}
