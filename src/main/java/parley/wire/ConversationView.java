package parley.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.UserId;
import parley.user.UserReply;

/**
 * A conversation as one of its members sees it.
 *
 * @param with whom the user talks to: themselves in a conversation with oneself
 * @param lastMessage absent for the moment that it takes to reach the archive
 * @param unread how many messages of it the user has not read
 * @param readUpTo all up to it they have read
 */
public record ConversationView(
    ConversationId id,
    Kind kind,
    UserId with,
    Optional<MessageView> lastMessage,
    long unread,
    Optional<MessageId> readUpTo) {

  /** Who is in it. */
  public enum Kind {
    @JsonProperty("direct")
    DIRECT,
    @JsonProperty("group")
    GROUP
  }

  /** What {@code viewer} is told, with the last message as it is now. */
  public static ConversationView of(
      UserReply.ConversationInfo info, Optional<Archived> last, UserId viewer) {
    var progress = new MessageView.Progress(info.readUpTo(), info.theirs());
    return switch (info.id()) {
      case ConversationId.Direct direct ->
          new ConversationView(
              direct,
              Kind.DIRECT,
              direct.other(viewer),
              last.map(archived -> MessageView.past(archived, viewer, progress)),
              info.unread(),
              info.readUpTo());
      case ConversationId.Group group ->
          new ConversationView(
              group,
              Kind.GROUP,
              viewer,
              last.map(archived -> MessageView.past(archived, viewer, progress)),
              info.unread(),
              info.readUpTo());
    };
  }
}
