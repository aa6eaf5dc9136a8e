package parley.group;

import java.time.Instant;
import parley.message.ConversationId;
import parley.message.GroupNotice;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;

/** Gives their ids to messages that are about to be said, one after the other. */
final class Scribe {

  private final ConversationId.Group group;
  private final Instant now;
  private MessageId latest;

  Scribe(GroupState state, Instant now) {
    this.group = state.id();
    this.now = now;
    this.latest = state.latest();
  }

  /** What the posting says. */
  Message message(UserId by, Posting.Saying saying) {
    return new Message(
        next(by),
        group,
        by,
        saying.clientId(),
        saying.content(),
        saying.replyTo(),
        saying.mentions());
  }

  /** What the group tells of itself. */
  Message notice(UserId by, GroupNotice notice) {
    return Message.notice(next(by), group, by, notice);
  }

  private MessageId next(UserId by) {
    latest = MessageId.next(latest, now, group, by);
    return latest;
  }
}
