package parley.wire;

import java.time.Instant;
import parley.message.MessageId;
import parley.user.UserReply;

/** A message that has been read, and when that was first said. */
public record ReadView(MessageId id, boolean read, Instant readAt) {

  /** What its reader is told. */
  public static ReadView of(UserReply.MarkedRead marked) {
    return new ReadView(marked.id(), true, marked.readAt());
  }
}
