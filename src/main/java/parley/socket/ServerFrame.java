package parley.socket;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Deletion;
import parley.message.DeviceId;
import parley.message.Edit;
import parley.message.GroupReceipt;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Reaction;
import parley.message.ReadMark;
import parley.message.Receipt;
import parley.message.Refusal;
import parley.message.UserId;
import parley.user.UserReply;
import parley.wire.MessageView;
import parley.wire.Problem;

/**
 * What clients are told: one text frame each. The JSON of each is a promise; names are added, never
 * changed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ServerFrame.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = ServerFrame.Said.class, name = "message"),
  @JsonSubTypes.Type(value = ServerFrame.Receipted.class, name = "receipt"),
  @JsonSubTypes.Type(value = ServerFrame.GroupReceipted.class, name = "receipt"),
  @JsonSubTypes.Type(value = ServerFrame.Read.class, name = "read"),
  @JsonSubTypes.Type(value = ServerFrame.Edited.class, name = "edited"),
  @JsonSubTypes.Type(value = ServerFrame.Deleted.class, name = "deleted"),
  @JsonSubTypes.Type(value = ServerFrame.Reacted.class, name = "reaction"),
  @JsonSubTypes.Type(value = ServerFrame.CaughtUp.class, name = "caught-up"),
  @JsonSubTypes.Type(value = ServerFrame.Sent.class, name = "sent"),
  @JsonSubTypes.Type(value = ServerFrame.Typing.class, name = "typing"),
  @JsonSubTypes.Type(value = ServerFrame.Presence.class, name = "presence"),
  @JsonSubTypes.Type(value = ServerFrame.KeysLow.class, name = "keys-low"),
  @JsonSubTypes.Type(value = ServerFrame.Error.class, name = "error"),
  @JsonSubTypes.Type(value = ServerFrame.Draining.class, name = "draining"),
  @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong")
})
sealed interface ServerFrame {

  /**
   * @param pos how far the mailbox reaches
   * @param from the stream starts after this position
   */
  record Hello(UserId user, DeviceId device, long pos, long from, Resume resume)
      implements ServerFrame {}

  /** Whether the stream goes on where the client asked it to. */
  enum Resume {
    @JsonProperty("complete")
    COMPLETE,
    @JsonProperty("reset")
    RESET
  }

  /** The entry of a mailbox, as its owner is told of it. */
  static ServerFrame of(Positioned positioned, UserId owner) {
    long pos = positioned.pos();
    return switch (positioned.entry()) {
      case Message it -> new Said(pos, view(pos, it, owner));
      case Receipt it -> new Receipted(pos, it.conversation(), it.by(), it.delivered(), it.read());
      case GroupReceipt it ->
          new GroupReceipted(pos, it.conversation(), true, it.delivered(), it.read());
      case ReadMark it -> read(pos, it);
      case Edit it ->
          new Edited(pos, it.conversation(), it.message(), it.by(), it.content(), it.at());
      case Deletion it -> new Deleted(pos, it.conversation(), it.message(), it.by(), it.at());
      case Reaction it ->
          new Reacted(pos, it.conversation(), it.message(), it.by(), it.emoji(), it.on(), it.at());
    };
  }

  /** As it was when it came into the mailbox: what became of it is told by later entries. */
  private static MessageView view(long pos, Message message, UserId owner) {
    return message.from().equals(owner)
        ? MessageView.of(
            new UserReply.Found(pos, message, true, Optional.of(UserReply.Status.SENT)), owner)
        : MessageView.unread(pos, message, owner);
  }

  private static Read read(long pos, ReadMark mark) {
    var message = Optional.of(mark.message());
    return mark.allBefore()
        ? new Read(pos, mark.conversation(), message, Optional.empty())
        : new Read(pos, mark.conversation(), Optional.empty(), message);
  }

  record Said(long pos, MessageView message) implements ServerFrame {}

  /** Cumulative: all up to those messages. */
  record Receipted(
      long pos,
      ConversationId conversation,
      UserId by,
      Optional<MessageId> delivered,
      Optional<MessageId> read)
      implements ServerFrame {}

  /**
   * Cumulative: all others of the group have got that far with what the user said.
   *
   * @param all always true: tells it from the receipt of one member
   */
  record GroupReceipted(
      long pos,
      ConversationId conversation,
      boolean all,
      Optional<MessageId> delivered,
      Optional<MessageId> read)
      implements ServerFrame {}

  /**
   * The user has read on one of their devices, or over REST.
   *
   * @param upTo all up to this message; empty when only one was marked
   * @param id only this one
   */
  record Read(
      long pos, ConversationId conversation, Optional<MessageId> upTo, Optional<MessageId> id)
      implements ServerFrame {}

  record Edited(
      long pos, ConversationId conversation, MessageId id, UserId by, Content content, Instant at)
      implements ServerFrame {}

  record Deleted(long pos, ConversationId conversation, MessageId id, UserId by, Instant at)
      implements ServerFrame {}

  /**
   * @param on false: taken back
   */
  record Reacted(
      long pos,
      ConversationId conversation,
      MessageId id,
      UserId by,
      String emoji,
      boolean on,
      Instant at)
      implements ServerFrame {}

  /** The replay is over; what follows is live. */
  record CaughtUp(long pos) implements ServerFrame {}

  /** The send is safe; also the entry of that position for the socket that sent it. */
  record Sent(String ref, MessageId id, ConversationId conversation, Instant sentAt, long pos)
      implements ServerFrame {

    static Sent of(UserReply.Sent sent) {
      return new Sent(
          sent.clientId().value(), sent.id(), sent.conversation(), sent.id().saidAt(), sent.pos());
    }
  }

  /**
   * Somebody types, or has stopped. Lost when they or their node are: clients show it for 6 seconds
   * unless it comes again, and repeat their own every 4.
   */
  record Typing(ConversationId conversation, UserId user, boolean on) implements ServerFrame {}

  /**
   * @param lastSeen when the user was online last, if they are not and it is known
   */
  record Presence(UserId user, boolean online, Optional<Instant> lastSeen) implements ServerFrame {}

  /** The device has few key packages left: it should bring more. Lost when the socket is. */
  record KeysLow(int suite, int remaining) implements ServerFrame {}

  /**
   * A frame was refused, or the socket is about to be closed.
   *
   * @param ref the client's name for what was refused
   * @param retryAfterMs how long to wait before it is tried again
   */
  record Error(Optional<String> ref, Problem problem, Optional<Long> retryAfterMs)
      implements ServerFrame {

    static Error of(Optional<String> ref, Refusal refusal) {
      return new Error(ref, Problem.of(refusal), Optional.empty());
    }
  }

  /** This node goes down. */
  record Draining(long reconnectAfterMs) implements ServerFrame {}

  record Pong() implements ServerFrame {}
}
