package parley.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;
import parley.user.UserReply;

/**
 * A message as one user sees it.
 *
 * @param clientId only in the sender's own copy
 * @param pos in the mailbox of the user who sees it
 * @param status only in the sender's own copy
 */
public record MessageView(
    MessageId id,
    ConversationId conversation,
    UserId from,
    Optional<ClientId> clientId,
    Instant sentAt,
    Content content,
    boolean read,
    long pos,
    Optional<Status> status) {

  /** How far a message has got that the user has sent. */
  public enum Status {
    @JsonProperty("sent")
    SENT,
    @JsonProperty("delivered")
    DELIVERED,
    @JsonProperty("read")
    READ;

    static Status of(UserReply.Status status) {
      return switch (status) {
        case SENT -> SENT;
        case DELIVERED -> DELIVERED;
        case READ -> READ;
      };
    }
  }

  /** A message as its reader found it. */
  public static MessageView of(UserReply.Found found, UserId reader) {
    return of(found.message(), reader, found.read(), found.pos(), found.status().map(Status::of));
  }

  /** A message that its reader has not read. */
  public static MessageView unread(long pos, Message message, UserId reader) {
    return of(message, reader, false, pos, Optional.empty());
  }

  private static MessageView of(
      Message message, UserId reader, boolean read, long pos, Optional<Status> status) {
    return new MessageView(
        message.id(),
        message.conversation(),
        message.from(),
        Optional.of(message.clientId()).filter(id -> message.from().equals(reader)),
        message.sentAt(),
        message.content(),
        read,
        pos,
        status);
  }
}
