package parley.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import parley.message.Archived;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;
import parley.user.UserReply;
import parley.user.Watermarks;

/**
 * A message as one user sees it, as it is now.
 *
 * @param clientId only in the sender's own copy
 * @param read for what the user said themselves always true
 * @param pos in the mailbox of the user who sees it; not in history, which is read past the mailbox
 * @param status only in the sender's own copy
 * @param mentions whom it is meant for in particular; absent when nobody
 * @param deleted true or absent; a deleted one has neither its content nor reactions any more
 * @param reactions who reacted with what; absent when nobody did
 */
public record MessageView(
    MessageId id,
    ConversationId conversation,
    UserId from,
    Optional<ClientId> clientId,
    Instant sentAt,
    ContentView content,
    boolean read,
    Optional<Long> pos,
    Optional<Status> status,
    Optional<MessageId> replyTo,
    Optional<List<UserId>> mentions,
    Optional<Instant> editedAt,
    Optional<Boolean> deleted,
    Optional<SortedMap<String, SortedSet<UserId>>> reactions) {

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

  /**
   * How far both sides of a conversation have got.
   *
   * @param readUpTo all up to it the reader has read; what they read ahead of something unread
   *     counts once that is read too
   * @param theirs the other side
   */
  public record Progress(Optional<MessageId> readUpTo, Watermarks theirs) {

    private boolean hasRead(MessageId id) {
      return readUpTo.filter(upTo -> !id.isAfter(upTo)).isPresent();
    }
  }

  /** A message of the mailbox as it was said. */
  public static MessageView of(UserReply.Found found, UserId reader) {
    return of(found, Archived.of(found.message()), reader);
  }

  /** A message of the mailbox as it is now. */
  public static MessageView of(UserReply.Found found, Archived now, UserId reader) {
    return of(now, reader, found.read(), Optional.of(found.pos()), found.status().map(Status::of));
  }

  /** A message of the mailbox, as it was said, that its reader has not read. */
  public static MessageView unread(long pos, Message message, UserId reader) {
    return unread(pos, Archived.of(message), reader);
  }

  /** A message of the mailbox, as it is now, that its reader has not read. */
  public static MessageView unread(long pos, Archived now, UserId reader) {
    return of(now, reader, false, Optional.of(pos), Optional.empty());
  }

  /** A message of a conversation's history. */
  public static MessageView past(Archived now, UserId reader, Progress progress) {
    var id = now.message().id();
    boolean own = now.message().from().equals(reader);
    var status =
        Optional.of(Status.of(progress.theirs().statusOf(id)))
            .filter(it -> own && !now.message().isNotice());
    return of(now, reader, own || progress.hasRead(id), Optional.empty(), status);
  }

  private static MessageView of(
      Archived now, UserId reader, boolean read, Optional<Long> pos, Optional<Status> status) {
    var message = now.message();
    boolean deleted = now.deletedAt().isPresent();
    return new MessageView(
        message.id(),
        message.conversation(),
        message.from(),
        Optional.of(message.clientId())
            .filter(id -> message.from().equals(reader) && !message.isNotice()),
        message.sentAt(),
        ContentView.of(now),
        read,
        pos,
        status,
        message.replyTo(),
        Optional.of(message.mentions()).filter(all -> !deleted && !all.isEmpty()),
        now.editedAt().filter(at -> !deleted),
        Optional.of(deleted).filter(it -> it),
        Optional.of(now.reactions()).filter(all -> !deleted && !all.isEmpty()));
  }
}
