package parley.group;

import java.time.Instant;
import java.util.Optional;
import parley.message.MessageId;
import parley.message.Role;

/**
 * A member of a group. Its components are stored by name.
 *
 * @param order the place of their coming in the group's order: what they get begins with it
 * @param joined the message that told of their coming
 * @param posted the sequence of the last posting that was taken from them
 * @param reach how far they have got
 * @param said what they have said that others have yet to get
 * @param earlier when they were a member last, before this time
 */
record Member(
    Role role,
    long order,
    Instant joinedAt,
    MessageId joined,
    long posted,
    Reach reach,
    Outstanding said,
    Optional<Former> earlier) {

  /** A member who has just come. */
  static Member joined(
      Role role, long order, Instant at, MessageId notice, Optional<Former> earlier) {
    long posted = earlier.map(Former::posted).orElse(0L);
    var reach = Reach.from(notice);
    return new Member(role, order, at, notice, posted, reach, Outstanding.none(reach), earlier);
  }

  Member as(Role other) {
    return new Member(other, order, joinedAt, joined, posted, reach, said, earlier);
  }

  Member posted(long sequence) {
    return new Member(role, order, joinedAt, joined, sequence, reach, said, earlier);
  }

  Member reached(Reach further) {
    return new Member(role, order, joinedAt, joined, posted, reach.with(further), said, earlier);
  }

  Member saying(Outstanding now) {
    return new Member(role, order, joinedAt, joined, posted, reach, now, earlier);
  }

  /** What is kept of them once they have left. */
  Former left(MessageId notice) {
    return new Former(joined, notice, posted, reach);
  }
}
