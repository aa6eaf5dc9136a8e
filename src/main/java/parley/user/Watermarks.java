package parley.user;

import java.util.Optional;
import parley.message.MessageId;

/**
 * How far one side of a conversation has got with what the other said: only ever forward.
 *
 * @param delivered all up to it are on a device
 * @param read all up to it have been read, and so delivered too
 */
public record Watermarks(Optional<MessageId> delivered, Optional<MessageId> read) {

  static final Watermarks NONE = new Watermarks(Optional.empty(), Optional.empty());

  Watermarks deliveredUpTo(MessageId id) {
    return new Watermarks(later(delivered, Optional.of(id)), read);
  }

  Watermarks readUpTo(MessageId id) {
    return new Watermarks(later(delivered, Optional.of(id)), later(read, Optional.of(id)));
  }

  /** The further of the two in each respect. */
  Watermarks with(Watermarks other) {
    return new Watermarks(later(delivered, other.delivered), later(read, other.read));
  }

  boolean hasDelivered(MessageId id) {
    return delivered.isPresent() && !id.isAfter(delivered.get());
  }

  boolean hasRead(MessageId id) {
    return read.isPresent() && !id.isAfter(read.get());
  }

  /** How far the message has got, if it was said to the side that these are of. */
  public UserReply.Status statusOf(MessageId sent) {
    if (hasRead(sent)) {
      return UserReply.Status.READ;
    }
    return hasDelivered(sent) ? UserReply.Status.DELIVERED : UserReply.Status.SENT;
  }

  private static Optional<MessageId> later(Optional<MessageId> one, Optional<MessageId> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isAfter(other.get()) ? one : other;
  }
}
