package parley.user;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.group.GroupCommand;
import parley.keys.KeyOffer;
import parley.message.Caller;
import parley.message.CborSerializable;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.DeviceId;
import parley.message.Gap;
import parley.message.GroupId;
import parley.message.MessageId;
import parley.message.Reaction;
import parley.message.SessionId;
import parley.message.UserId;
import parley.push.PushSubscription;

/** What a user's actor is asked. Its answers are in {@link UserReply}. */
public sealed interface UserCommand extends CborSerializable
    permits UserCommand.Owned,
        UserCommand.Register,
        UserCommand.GetCredentials,
        UserCommand.GetExistence,
        UserCommand.GetProfile,
        UserCommand.SignIn,
        UserCommand.Refresh,
        UserCommand.RedeemTicket,
        UserCommand.Deliver,
        UserCommand.InGroup,
        UserCommand.TakeKeyPackages,
        UserCommand.GetUserKeys,
        UserCommand.GetKeyLog,
        UserCommand.ProveKeyLog,
        UserCommand.Stop,
        User.Internal {

  /** Asked by a device of the user; refused as unauthenticated when its session has ended. */
  sealed interface Owned extends UserCommand {
    Caller caller();

    ActorRef<? super UserReply.Refused> replyTo();
  }

  // The account and its sessions.

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

  /** Asks for what everybody may know. Refused with NOT_FOUND when there is no account. */
  record GetProfile(ActorRef<UserReply.ToGetProfile> replyTo) implements UserCommand {}

  /**
   * Changes the profile; what is empty stays as it is.
   *
   * @param picture a media id; an empty text takes it away
   */
  record ChangeProfile(
      Caller caller,
      Optional<String> displayName,
      Optional<String> about,
      Optional<Boolean> showsPresence,
      Optional<String> picture,
      ActorRef<UserReply.ToGetProfile> replyTo)
      implements Owned {}

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

  /** Ends the caller's session: its tokens are refused from now on, its sockets are closed. */
  record SignOut(Caller caller, ActorRef<UserReply.ToSignOut> replyTo) implements Owned {}

  /** Asks for the devices that are signed in. */
  record GetDevices(Caller caller, ActorRef<UserReply.ToGetDevices> replyTo) implements Owned {}

  /** Ends the session of any of the user's devices. Refused with NOT_FOUND. */
  record RemoveDevice(Caller caller, DeviceId device, ActorRef<UserReply.ToSignOut> replyTo)
      implements Owned {}

  /** Asks for a ticket: it opens one socket in the caller's name, soon. */
  record IssueTicket(Caller caller, ActorRef<UserReply.ToIssueTicket> replyTo) implements Owned {}

  /** Uses a ticket up. Refused with UNAUTHENTICATED when it is unknown, used or too old. */
  record RedeemTicket(String ticket, ActorRef<UserReply.ToRedeemTicket> replyTo)
      implements UserCommand {}

  /** The caller's device is to be notified, in this way. Refused with NOT_FOUND. */
  record PutPush(
      Caller caller, PushSubscription subscription, ActorRef<UserReply.ToChangePush> replyTo)
      implements Owned {}

  /** The caller's device is no longer to be notified, if it was. */
  record RemovePush(Caller caller, ActorRef<UserReply.ToChangePush> replyTo) implements Owned {}

  // Sending.

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

  /**
   * Changes what was said. Refused with NOT_FOUND; NOT_ALLOWED when another said it; TOO_LATE for
   * an edit after {@link AmendHandlers#EDIT_WINDOW} or of what was taken back; TOO_LARGE for one
   * reaction too many.
   */
  record Amend(Caller caller, MessageId id, Change change, ActorRef<UserReply.ToAmend> replyTo)
      implements Owned {}

  /** How a message is changed. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Rewrite.class, name = "rewrite"),
    @JsonSubTypes.Type(value = TakeBack.class, name = "take-back"),
    @JsonSubTypes.Type(value = React.class, name = "react")
  })
  sealed interface Change {}

  record Rewrite(Content content) implements Change {}

  record TakeBack() implements Change {}

  /**
   * @param emoji as {@link Reaction} has it
   * @param on false: takes it back
   */
  record React(String emoji, boolean on) implements Change {

    /** Throws {@link IllegalArgumentException} when the emoji cannot be one. */
    public React {
      Reaction.checkEmoji(emoji);
    }
  }

  /**
   * Asks a group in the caller's name: passed on to its actor, which answers. Refused with
   * UNAUTHENTICATED when the caller's session has ended.
   *
   * @param asked by this user
   */
  record InGroup(Caller caller, GroupId group, GroupCommand.Asked asked) implements UserCommand {}

  /**
   * Arranges a conversation for this user alone; what is empty stays as it is. Refused with
   * NOT_FOUND.
   *
   * @param mutedUntil until when it makes no noise; {@link Instant#EPOCH}: it does
   * @param pinned whether it is shown before those that are not
   * @param archived whether it is put aside
   */
  record Arrange(
      Caller caller,
      ConversationId conversation,
      Optional<Instant> mutedUntil,
      Optional<Boolean> pinned,
      Optional<Boolean> archived,
      ActorRef<UserReply.ToArrange> replyTo)
      implements Owned {}

  // Reading.

  /** Asks for one message of the mailbox, received or sent. Refused with NOT_FOUND. */
  record GetMessage(Caller caller, MessageId id, ActorRef<UserReply.ToGetMessage> replyTo)
      implements Owned {}

  /** Marks one message as read. Refused with NOT_FOUND. */
  record MarkRead(Caller caller, MessageId id, ActorRef<UserReply.ToMarkRead> replyTo)
      implements Owned {}

  /** Marks all up to a message of the conversation as read. Refused with NOT_FOUND. */
  record MarkReadUpTo(
      Caller caller,
      ConversationId conversation,
      MessageId upTo,
      ActorRef<UserReply.ToMarkReadUpTo> replyTo)
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
   * Asks for the conversations, newest first.
   *
   * @param before only those whose last message for people is an earlier one
   */
  record GetConversations(
      Caller caller,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<MessageId> before,
      int limit,
      ActorRef<UserReply.ToGetConversations> replyTo)
      implements Owned {

    @JsonCreator
    public GetConversations {
      before = before == null ? Optional.empty() : before;
    }
  }

  /** Asks which part of a conversation's history the user may see. Refused with NOT_FOUND. */
  record GetVisibility(
      Caller caller, ConversationId conversation, ActorRef<UserReply.ToGetVisibility> replyTo)
      implements Owned {}

  // The mailbox as a stream.

  /**
   * Makes a socket's session known to the user: it is told when its sign-in ends.
   *
   * @param after the position to start after; empty: after the device's last acknowledgement
   */
  record Attach(Caller caller, Optional<Long> after, ActorRef<UserReply.ToSession> replyTo)
      implements Owned {}

  /**
   * The user talks with somebody whom the session does not know of: answered with {@link
   * UserReply.Met} when they share their presence, else not at all.
   */
  record Meet(Caller caller, UserId other, ActorRef<UserReply.ToSession> replyTo)
      implements Owned {}

  /**
   * Asks for entries after a position: answered at once when there are some, else as soon as there
   * are. One at a time for each {@code replyTo}; a new one takes the place of the one before.
   *
   * @param limit 1 to {@link Excerpt#ENTRIES_MAX}
   */
  record Pull(Caller caller, long after, int limit, ActorRef<UserReply.ToSession> replyTo)
      implements Owned {}

  /**
   * The device has stored all up to the position. Not answered; noted together with others.
   *
   * @param delivered the last message of each conversation up to there, as far as the session knows
   */
  record Acknowledge(
      Caller caller,
      long pos,
      Map<ConversationId, MessageId> delivered,
      ActorRef<UserReply.ToSession> replyTo)
      implements Owned {}

  /**
   * Puts what others sent into the mailbox, exactly once and in order: what is there already is
   * passed over, and a gap in a sequence is refused.
   *
   * @param lost a gap that nothing will fill any more: what the archive has of it is put in, and it
   *     is passed over
   */
  record Deliver(
      List<Delivery> deliveries,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Gap> lost,
      ActorRef<UserReply.ToDeliver> replyTo)
      implements UserCommand {

    @JsonCreator
    public Deliver {
      deliveries = List.copyOf(deliveries);
      lost = lost == null ? Optional.empty() : lost;
    }

    /** Deliveries that come one after the other. */
    public Deliver(List<Delivery> deliveries, ActorRef<UserReply.ToDeliver> replyTo) {
      this(deliveries, Optional.empty(), replyTo);
    }
  }

  // Contacts and blocks.

  /**
   * Asks for contacts and blocks, by user id.
   *
   * @param after only later ones; empty: from the first on
   */
  record GetContacts(
      Caller caller, Optional<UserId> after, ActorRef<UserReply.ToGetContacts> replyTo)
      implements Owned {}

  /**
   * Keeps a contact, under an own name for it. Whether there is such a user, the caller knows.
   * Refused with TOO_LARGE when there are too many.
   */
  record PutContact(
      Caller caller, UserId contact, String name, ActorRef<UserReply.ToChangeContacts> replyTo)
      implements Owned {}

  /** Forgets a contact, if there is one. */
  record RemoveContact(Caller caller, UserId contact, ActorRef<UserReply.ToChangeContacts> replyTo)
      implements Owned {}

  /** From now on what the other one sends is not delivered; they are not told. */
  record Block(Caller caller, UserId other, ActorRef<UserReply.ToChangeContacts> replyTo)
      implements Owned {}

  /** What the other one sends from now on is delivered again. */
  record Unblock(Caller caller, UserId other, ActorRef<UserReply.ToChangeContacts> replyTo)
      implements Owned {}

  // Keys for end-to-end encryption.

  /**
   * The caller's device offers keys. Refused with NOT_FOUND when it is not signed in; TOO_LARGE for
   * more than may be kept; MISSING_FIELD for a package without a signature key.
   */
  record PutKeys(Caller caller, KeyOffer offer, ActorRef<UserReply.ToGetKeys> replyTo)
      implements Owned {}

  /** Asks for what the caller's device has. */
  record GetKeys(Caller caller, ActorRef<UserReply.ToGetKeys> replyTo) implements Owned {}

  /**
   * Takes one key package of each of the user's devices. Refused with NOT_FOUND when there is no
   * account.
   *
   * @param by whoever wants to add them; of themselves not the device that asks
   * @param only those devices; empty: all
   */
  record TakeKeyPackages(
      UserId by,
      DeviceId device,
      int suite,
      List<DeviceId> only,
      ActorRef<UserReply.ToTakeKeyPackages> replyTo)
      implements UserCommand {}

  /** Asks for what the user's devices offer; nothing is handed out. Refused with NOT_FOUND. */
  record GetUserKeys(ActorRef<UserReply.ToGetUserKeys> replyTo) implements UserCommand {}

  /** Asks for the log of keys, from an index on. Refused with NOT_FOUND without an account. */
  record GetKeyLog(long from, int limit, ActorRef<UserReply.ToGetKeyLog> replyTo)
      implements UserCommand {}

  /** Asks for a proof. Refused with NOT_FOUND when the log is not that long, or empty. */
  record ProveKeyLog(Proof proof, ActorRef<UserReply.ToProveKeyLog> replyTo)
      implements UserCommand {}

  /** What is to be proved of a log of keys. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Inclusion.class, name = "inclusion"),
    @JsonSubTypes.Type(value = Consistency.class, name = "consistency")
  })
  sealed interface Proof {}

  /** That the entry is in the log of that size. */
  record Inclusion(long index, long size) implements Proof {}

  /** That the log of the one size begins with that of the other. */
  record Consistency(long from, long to) implements Proof {}

  /** Asks the actor to go to sleep, once nothing of it is on its way any more. */
  enum Stop implements UserCommand {
    INSTANCE
  }
}
