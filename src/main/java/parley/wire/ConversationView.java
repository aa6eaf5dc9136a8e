package parley.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Optional;
import parley.message.Archived;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.UserId;
import parley.user.UserReply;

/**
 * A conversation as one of its members sees it.
 *
 * @param with whom the user talks to: themselves in a conversation with oneself; not in a group
 * @param title of a group
 * @param lastMessage absent for the moment that it takes to reach the archive
 * @param unread how many messages of it the user has not read
 * @param mentions how many of those mention the user
 * @param readUpTo all up to it they have read
 * @param encrypted true when something sealed was said there, or absent
 */
public record ConversationView(
    ConversationId id,
    Kind kind,
    Optional<UserId> with,
    Optional<String> title,
    Optional<MessageView> lastMessage,
    long unread,
    long mentions,
    Optional<MessageId> readUpTo,
    Optional<Boolean> encrypted,
    @JsonUnwrapped ArrangementView arrangement) {

  /** Who is in it. */
  public enum Kind {
    @JsonProperty("direct")
    DIRECT,
    @JsonProperty("group")
    GROUP;

    static Kind of(ConversationId id) {
      return switch (id) {
        case ConversationId.Direct direct -> DIRECT;
        case ConversationId.Group group -> GROUP;
      };
    }
  }

  /** What {@code viewer} is told, with the last message as it is now. */
  public static ConversationView of(
      UserReply.ConversationInfo info, Optional<Archived> last, UserId viewer) {
    var progress = new MessageView.Progress(info.readUpTo(), info.theirs());
    return new ConversationView(
        info.id(),
        Kind.of(info.id()),
        info.id() instanceof ConversationId.Direct direct
            ? Optional.of(direct.other(viewer))
            : Optional.empty(),
        info.title(),
        last.map(archived -> MessageView.past(archived, viewer, progress)),
        info.unread(),
        info.mentions(),
        info.readUpTo(),
        Optional.of(info.encrypted()).filter(it -> it),
        ArrangementView.of(info.arrangement()));
  }
}
