package parley.user;

import akka.actor.typed.ActorRef;
import java.time.Instant;
import java.util.List;
import parley.message.Caller;
import parley.message.CborSerializable;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.MessageId;
import parley.message.SessionId;

/** What a user's actor is asked. Its answers are in {@link UserReply}. */
public sealed interface UserCommand extends CborSerializable
    permits UserCommand.Owned,
        UserCommand.Register,
        UserCommand.GetCredentials,
        UserCommand.GetExistence,
        UserCommand.SignIn,
        UserCommand.Refresh,
        UserCommand.Deliver,
        User.Internal {

  /** Asked by a device of the user; refused as unauthenticated when its session has ended. */
  sealed interface Owned extends UserCommand {
    Caller caller();

    ActorRef<? super UserReply.Refused> replyTo();
  }

  /** Creates the account. Refused with USER_ID_TAKEN when there is one. */
  record Register(String displayName, String passwordHash, ActorRef<UserReply.ToRegister> replyTo)
      implements UserCommand {

    /** Never the password's hash: a log line may hold this. */
    @Override
    public String toString() {
      return "Register[" + displayName + "]";
    }
  }

  /** Asks for what a password is checked against. */
  record GetCredentials(ActorRef<UserReply.Credentials> replyTo) implements UserCommand {}

  /** Asks whether there is an account: whether this user can be written to. */
  record GetExistence(ActorRef<UserReply.Existence> replyTo) implements UserCommand {}

  /** Opens a session on a device, whose earlier session ends. The password has been checked. */
  record SignIn(
      DeviceId device,
      String deviceName,
      SessionId session,
      RefreshToken refreshToken,
      ActorRef<UserReply.ToSignIn> replyTo)
      implements UserCommand {}

  /**
   * Replaces a session's refresh token. Refused with UNAUTHENTICATED when the presented one is not
   * the session's; one that was replaced long ago ends the session, since two must have it.
   */
  record Refresh(
      SessionId session,
      String presentedHash,
      RefreshToken next,
      ActorRef<UserReply.ToSignIn> replyTo)
      implements UserCommand {}

  /** What is kept of a refresh token: its SHA-256 in base64url, and when it expires. */
  record RefreshToken(String hash, Instant expiresAt) {}

  /** Ends the caller's session: its tokens are refused from now on. */
  record SignOut(Caller caller, ActorRef<UserReply.ToSignOut> replyTo) implements Owned {}

  /**
   * Sends messages, in this order, journaled together; one {@link UserReply.ToSend} for each. A
   * repeat of an earlier client id is answered with the first result.
   */
  record Send(Caller caller, List<Draft> drafts, ActorRef<UserReply.ToSend> replyTo)
      implements Owned {

    public Send {
      drafts = List.copyOf(drafts);
    }
  }

  /** Asks for one message of the mailbox, received or sent. Refused with NOT_FOUND. */
  record GetMessage(Caller caller, MessageId id, ActorRef<UserReply.ToGetMessage> replyTo)
      implements Owned {}

  /** Marks one message as read. Refused with NOT_FOUND. */
  record MarkRead(Caller caller, MessageId id, ActorRef<UserReply.ToMarkRead> replyTo)
      implements Owned {}

  /**
   * Asks for unread messages, oldest first.
   *
   * @param after only those at later positions
   * @param limit 1 to {@link Excerpt#ENTRIES_MAX}
   */
  record GetUnread(Caller caller, long after, int limit, ActorRef<UserReply.ToGetUnread> replyTo)
      implements Owned {}

  /**
   * Puts what others sent into the mailbox, exactly once and in order: what is there already is
   * passed over, and a gap in a sequence is refused.
   */
  record Deliver(List<Delivery> deliveries, ActorRef<UserReply.ToDeliver> replyTo)
      implements UserCommand {

    public Deliver {
      deliveries = List.copyOf(deliveries);
    }
  }
}
