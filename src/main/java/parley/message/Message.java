package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing said by one user in one conversation.
 *
 * @param clientId the sender's own name for it; shown to nobody else. What a group says of itself
 *     has none of a client's
 * @param replyTo the message of the same conversation that it answers
 * @param mentions whom it is meant for in particular; none in what was stored before there were any
 */
public record Message(
    MessageId id,
    ConversationId conversation,
    UserId from,
    ClientId clientId,
    Content content,
    Optional<MessageId> replyTo,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UserId> mentions)
    implements Entry {

  /** The most users that one message may mention. */
  public static final int MENTIONS_MOST = 100;

  private static final ClientId NOTICE_NAME = new ClientId("-");

  @JsonCreator
  public Message {
    mentions = mentions == null ? List.of() : List.copyOf(mentions);
  }

  /** A message that mentions nobody. */
  public Message(
      MessageId id,
      ConversationId conversation,
      UserId from,
      ClientId clientId,
      Content content,
      Optional<MessageId> replyTo) {
    this(id, conversation, from, clientId, content, replyTo, List.of());
  }

  /** What a group tells its members of itself. */
  public static Message notice(
      MessageId id, ConversationId.Group group, UserId by, GroupNotice notice) {
    return new Message(id, group, by, NOTICE_NAME, notice, Optional.empty());
  }

  /** Whether a group says it of itself. */
  @JsonIgnore
  public boolean isNotice() {
    return content instanceof GroupNotice;
  }

  /**
   * Whether it is nothing to be read by itself, as the machinery of encryption and sealed
   * reactions: it is not unread, and nobody is notified of it.
   */
  @JsonIgnore
  public boolean isSilent() {
    return content instanceof Sealed sealed && sealed.kind() != Sealed.Kind.APPLICATION;
  }

  /** When its sender's actor accepted it, in milliseconds. */
  public Instant sentAt() {
    return id.saidAt();
  }

  /** The same message with another content. */
  public Message saying(Content other) {
    return new Message(id, conversation, from, clientId, other, replyTo, mentions);
  }

  @Override
  public int sizeBytes() {
    return content.sizeBytes();
  }
}
