package parley.user;

import java.time.Instant;
import java.util.Optional;
import parley.message.CborSerializable;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Refusal;

/** What a user's actor answers: one sealed choice for each command of {@link UserCommand}. */
public sealed interface UserReply extends CborSerializable {

  sealed interface ToRegister extends UserReply permits Registered, Refused {}

  sealed interface ToSignIn extends UserReply permits SignedIn, Refused {}

  sealed interface ToSignOut extends UserReply permits SignedOut, Refused {}

  sealed interface ToSend extends UserReply permits Sent, NotSent, Refused {}

  sealed interface ToGetMessage extends UserReply permits Found, Refused {}

  sealed interface ToMarkRead extends UserReply permits MarkedRead, Refused {}

  sealed interface ToGetUnread extends UserReply permits Unread, Refused {}

  sealed interface ToDeliver extends UserReply permits Delivered, Gap {}

  /** Refused, and nothing has changed. */
  record Refused(Refusal refusal)
      implements ToRegister, ToSignIn, ToSignOut, ToSend, ToGetMessage, ToMarkRead, ToGetUnread {}

  record Registered(String displayName) implements ToRegister {}

  /** Empty when there is no account. */
  record Credentials(Optional<String> passwordHash) implements UserReply {

    /** Never the password's hash: a log line may hold this. */
    @Override
    public String toString() {
      return "Credentials[" + (passwordHash.isPresent() ? "present" : "absent") + "]";
    }
  }

  record Existence(boolean exists) implements UserReply {}

  record SignedIn(DeviceId device) implements ToSignIn {}

  record SignedOut() implements ToSignOut {}

  /**
   * The message is safe: it survives a crash and will be in every recipient's mailbox.
   *
   * @param pos of the sender's own copy in the sender's mailbox
   */
  record Sent(ClientId clientId, MessageId id, ConversationId conversation, long pos)
      implements ToSend {}

  /** One draft of several was refused. BUSY: it may yet be sent; repeat it to learn. */
  record NotSent(ClientId clientId, Refusal refusal) implements ToSend {}

  /**
   * @param status empty for a message that was received
   */
  record Found(long pos, Message message, boolean read, Optional<Status> status)
      implements ToGetMessage {}

  /** How far a message that was sent has got. */
  enum Status {
    SENT,
    DELIVERED,
    READ
  }

  /**
   * @param readAt when it was first marked
   */
  record MarkedRead(MessageId id, Instant readAt) implements ToMarkRead {}

  /**
   * @param more whether there are unread messages after these
   */
  record Unread(Excerpt messages, boolean more) implements ToGetUnread {}

  /** All of them are journaled. */
  record Delivered() implements ToDeliver {}

  /**
   * Those before the gap are journaled, the rest is not: something is missing.
   *
   * @param expected the sequence that was to come
   * @param got the one that came
   */
  record Gap(ConversationId conversation, long expected, long got) implements ToDeliver {}
}
