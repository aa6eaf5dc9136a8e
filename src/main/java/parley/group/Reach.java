package parley.group;

import java.util.Optional;
import parley.message.MessageId;

/**
 * How far somebody has got with what is said in a group.
 *
 * @param delivered all up to it are on a device, or were said before they came
 * @param read all up to it have been read, and so delivered too
 */
record Reach(MessageId delivered, MessageId read) {

  /** Of somebody to whom all before the message is of no concern. */
  static Reach from(MessageId joined) {
    return new Reach(joined, joined);
  }

  /** The further of the two in each respect. */
  Reach with(Reach other) {
    return new Reach(later(delivered, other.delivered), later(read, other.read));
  }

  /** As far as the marks say, and never back or beyond what was said last. */
  Reach marked(Optional<MessageId> delivered, Optional<MessageId> read, MessageId latest) {
    var allRead = earlier(later(this.read, read.orElse(this.read)), latest);
    var all = earlier(later(this.delivered, delivered.orElse(this.delivered)), latest);
    return with(new Reach(later(all, allRead), allRead));
  }

  boolean hasDelivered(MessageId id) {
    return !id.isAfter(delivered);
  }

  boolean hasRead(MessageId id) {
    return !id.isAfter(read);
  }

  static MessageId later(MessageId one, MessageId other) {
    return one.isAfter(other) ? one : other;
  }

  static MessageId earlier(MessageId one, MessageId other) {
    return one.isAfter(other) ? other : one;
  }
}
