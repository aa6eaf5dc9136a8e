package parley.socket;

import akka.actor.DeadLetterSuppression;
import akka.actor.typed.ActorRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.media.Carriage;
import parley.message.Caller;
import parley.message.Refusal;
import parley.message.UserId;
import parley.presence.PresenceReply;
import parley.user.Piece;
import parley.user.UserCommand;
import parley.user.UserReply;

/**
 * What a socket's session is told, and what it tells. It never leaves the node; what one of the two
 * says when the other has just ended is nothing to log.
 */
sealed interface SessionCommand {

  /** Says to the socket that more frames may come. */
  enum Ready implements DeadLetterSuppression {
    INSTANCE
  }

  /**
   * The socket is open.
   *
   * @param device frames for the device go there, the next when the last ones are taken
   * @param reader is told when the next frames of the device may come
   */
  record Opened(ActorRef<ToDevice> device, ActorRef<Ready> reader) implements SessionCommand {}

  /** What goes to the device at once; ends with the close, if there is one. */
  record ToDevice(List<ServerFrame> frames, Optional<Close> close)
      implements DeadLetterSuppression {}

  /**
   * The socket is closed.
   *
   * @param reason in words, at most 123 bytes
   */
  record Close(int code, String reason) {}

  /** Frames that arrived together; no more come until the reader is told, but for the last. */
  record Received(List<ClientFrame> frames) implements SessionCommand {}

  /** What was sent to the device last has been taken. */
  enum Written implements SessionCommand {
    INSTANCE
  }

  /** The socket is no more. */
  enum Disconnected implements SessionCommand {
    INSTANCE
  }

  record UserSays(UserReply.ToSession reply) implements SessionCommand {}

  /** The user's actor admits the caller no more, or lets no more sockets in. */
  record UserRefuses(UserReply.Refused reply) implements SessionCommand {}

  /** What came of loading the media of the draft of that number. */
  record MediaLoaded(long number, Carriage.Loading loading) implements SessionCommand {}

  record SendAnswered(UserReply.ToSend reply) implements SessionCommand {}

  /** A mark was refused, or not answered. */
  record NotMarked(Refusal refusal) implements SessionCommand {}

  /** A mark was made. */
  enum Marked implements SessionCommand {
    INSTANCE
  }

  /** Entries were read from the journal. */
  record EntriesRead(Piece piece) implements SessionCommand {}

  record EntriesNotRead(Throwable cause) implements SessionCommand {}

  /** The user's actor has ended: it has gone to sleep, or its node has. */
  record UserGone(ActorRef<UserCommand> actor) implements SessionCommand {}

  record PresenceSays(PresenceReply reply) implements SessionCommand {}

  /** Whom a group wants to be told that its reader types. */
  record AudienceKnown(List<UserId> members, ClientFrame.Typing typing) implements SessionCommand {}

  /** The user's presence has ended, on its node. */
  record PresenceGone(ActorRef<?> actor) implements SessionCommand {}

  /** The node goes down. */
  record Drain(long reconnectAfterMs) implements SessionCommand {}

  /** Time has passed. */
  enum Tick implements SessionCommand, DeadLetterSuppression {
    /** Half of the time to attach is over. */
    ATTACH_AWAITED,
    NOT_ATTACHED,
    ATTACH_LATE,
    ATTACH_AGAIN,
    PULL_LATE,
    SENDS_LATE,
    SEND_AGAIN,
    /** Half of the time to repeat what was refused is over. */
    REPETITION_AWAITED,
    NOT_REPEATED,
    ACKNOWLEDGE,
    /** The user's presence has not answered. */
    ENTER_AGAIN,
    TOKEN_EXPIRED,
    CLOSE_LATE,
    /** No time at all: what had come by then is handled, and the answers to it go out together. */
    FLUSH
  }

  /**
   * Who is at the other end.
   *
   * @param until when they have to show a token again
   */
  record Guest(Caller caller, Instant until) {

    /** How long that is from then on. */
    Duration remaining(Instant now) {
      return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
  }
}
