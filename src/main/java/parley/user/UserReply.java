package parley.user;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.keys.DeviceKeys;
import parley.keys.KeyLog;
import parley.message.Caller;
import parley.message.CborSerializable;
import parley.message.ClientId;
import parley.message.ConversationId;
import parley.message.DeviceId;
import parley.message.MediaId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.SessionId;
import parley.message.UserId;

/** What a user's actor answers: one sealed choice for each command of {@link UserCommand}. */
public sealed interface UserReply extends CborSerializable {

  sealed interface ToRegister extends UserReply permits Registered, Refused {}

  sealed interface ToGetProfile extends UserReply permits Profile, Refused {}

  sealed interface ToSignIn extends UserReply permits SignedIn, Refused {}

  sealed interface ToSignOut extends UserReply permits SignedOut, Refused {}

  sealed interface ToGetDevices extends UserReply permits DeviceList, Refused {}

  sealed interface ToIssueTicket extends UserReply permits Ticket, Refused {}

  sealed interface ToRedeemTicket extends UserReply permits TicketRedeemed, Refused {}

  sealed interface ToSend extends UserReply permits Sent, NotSent, Refused {}

  sealed interface ToAmend extends UserReply permits Amended, Refused {}

  sealed interface ToGetMessage extends UserReply permits Found, Refused {}

  sealed interface ToMarkRead extends UserReply permits MarkedRead, Refused {}

  sealed interface ToMarkReadUpTo extends UserReply permits MarkedReadUpTo, Refused {}

  sealed interface ToGetUnread extends UserReply permits Unread, Refused {}

  sealed interface ToGetConversations extends UserReply permits ConversationList, Refused {}

  sealed interface ToGetVisibility extends UserReply permits Visibility, Refused {}

  sealed interface ToArrange extends UserReply permits Arranged, Refused {}

  sealed interface ToDeliver extends UserReply permits Delivered, Gap {}

  sealed interface ToGetContacts extends UserReply permits ContactList, Refused {}

  sealed interface ToChangeContacts extends UserReply permits ContactsChanged, Refused {}

  sealed interface ToChangePush extends UserReply permits PushChanged, Refused {}

  sealed interface ToGetKeys extends UserReply permits Keys, Refused {}

  sealed interface ToTakeKeyPackages extends UserReply permits KeyPackages, Refused {}

  sealed interface ToGetUserKeys extends UserReply permits UserKeys, Refused {}

  sealed interface ToGetKeyLog extends UserReply permits KeyLogPage, Refused {}

  sealed interface ToProveKeyLog extends UserReply permits Proved, Refused {}

  /** What an attached session is told. */
  sealed interface ToSession extends UserReply
      permits Attached, Sharing, Met, Pulled, KeysLow, SessionEnded, Refused {}

  /** Refused, and nothing has changed. */
  record Refused(Refusal refusal)
      implements ToRegister,
          ToGetProfile,
          ToSignIn,
          ToSignOut,
          ToGetDevices,
          ToIssueTicket,
          ToRedeemTicket,
          ToSend,
          ToAmend,
          ToGetMessage,
          ToMarkRead,
          ToMarkReadUpTo,
          ToGetUnread,
          ToGetConversations,
          ToGetVisibility,
          ToArrange,
          ToGetContacts,
          ToChangeContacts,
          ToChangePush,
          ToGetKeys,
          ToTakeKeyPackages,
          ToGetUserKeys,
          ToGetKeyLog,
          ToProveKeyLog,
          ToSession {}

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

  /**
   * @param showsPresence whether others may see when the user is online
   */
  record Profile(
      UserId user,
      String displayName,
      String about,
      boolean showsPresence,
      Optional<MediaId> picture)
      implements ToGetProfile {}

  record SignedIn(DeviceId device) implements ToSignIn {}

  record SignedOut() implements ToSignOut {}

  record DeviceList(List<DeviceInfo> devices) implements ToGetDevices {}

  /**
   * @param acknowledged the position up to which it has stored the mailbox
   */
  record DeviceInfo(
      DeviceId id, String name, Instant signedInAt, Instant refreshedAt, long acknowledged) {}

  record Ticket(String ticket, Instant expiresAt) implements ToIssueTicket {}

  record TicketRedeemed(Caller caller) implements ToRedeemTicket {}

  /**
   * The message is safe: it survives a crash and will be in every recipient's mailbox.
   *
   * @param pos of the sender's own copy in the sender's mailbox
   */
  record Sent(ClientId clientId, MessageId id, ConversationId conversation, long pos)
      implements ToSend {}

  /** One draft of several was refused. BUSY: it may yet be sent; repeat it to learn. */
  record NotSent(ClientId clientId, Refusal refusal) implements ToSend {}

  record Amended(MessageId id, Instant at) implements ToAmend {}

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
   * @param unread how many messages of the conversation still are
   */
  record MarkedReadUpTo(long unread) implements ToMarkReadUpTo {}

  /**
   * @param more whether there are unread messages after these
   */
  record Unread(Excerpt messages, boolean more) implements ToGetUnread {}

  /**
   * @param more whether there are older ones
   */
  record ConversationList(
      List<ConversationInfo> conversations,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean more)
      implements ToGetConversations {}

  /**
   * @param latest its last message for people
   * @param title of a group, as it was when the user last heard of it
   * @param mentions how many of the unread messages mention the user
   * @param readUpTo the message up to which the user has read what they were sent
   * @param theirs how far the other side has got; in a group all others
   */
  record ConversationInfo(
      ConversationId id,
      MessageId latest,
      Optional<String> title,
      long unread,
      long mentions,
      Optional<MessageId> readUpTo,
      Watermarks theirs,
      Arrangement arrangement,
      boolean encrypted) {

    @JsonCreator
    public ConversationInfo {}

    /** A conversation of two that mentions nobody and is not arranged. */
    public ConversationInfo(
        ConversationId id,
        MessageId latest,
        long unread,
        Optional<MessageId> readUpTo,
        Watermarks theirs) {
      this(id, latest, Optional.empty(), unread, 0, readUpTo, theirs, Arrangement.PLAIN, false);
    }
  }

  /** How the user has arranged a conversation for themselves. */
  record Arrangement(Optional<Instant> mutedUntil, boolean pinned, boolean archived) {

    static final Arrangement PLAIN = new Arrangement(Optional.empty(), false, false);

    /** Whether nothing of it is to be told at that time. */
    boolean mutes(Instant now) {
      return mutedUntil.filter(now::isBefore).isPresent();
    }
  }

  record Arranged(Arrangement arrangement) implements ToArrange {}

  /**
   * Messages of others that were said in these periods were never delivered.
   *
   * @param membership in a group: when the user was a member; empty elsewhere
   * @param readUpTo the message up to which the user has read what they were sent
   * @param theirs how far the other side has got, for the status of what the user sent
   */
  record Visibility(
      List<Period> hidden,
      Optional<Membership> membership,
      Optional<MessageId> readUpTo,
      Watermarks theirs)
      implements ToGetVisibility {

    /** Of a direct conversation. */
    public Visibility(List<Period> hidden, Optional<MessageId> readUpTo, Watermarks theirs) {
      this(hidden, Optional.empty(), readUpTo, theirs);
    }

    @JsonCreator
    public Visibility {}

    /** Whether the user is in the conversation now. */
    public boolean goesOn() {
      return membership.map(Membership::goesOn).orElse(true);
    }

    /** Whether the user may see the message. */
    public boolean shows(Message message, UserId viewer) {
      return membership
          .map(it -> it.covers(message.id()))
          .orElseGet(() ->
              message.from().equals(viewer)
                  || hidden.stream().noneMatch(period -> period.contains(message.sentAt())));
    }

    /** Where to begin to read backwards: what is asked for, or the end of what may be seen. */
    public MessageId before(MessageId asked) {
      return membership.map(it -> it.before(asked)).orElse(asked);
    }
  }

  /**
   * @param until empty: it goes on
   */
  record Period(Instant from, Optional<Instant> until) {

    /** Whether it was then. */
    boolean contains(Instant time) {
      return !time.isBefore(from) && until.filter(end -> !time.isBefore(end)).isEmpty();
    }
  }

  /** All of them are journaled. */
  record Delivered() implements ToDeliver {}

  /**
   * Those before the gap are journaled, the rest is not: something is missing.
   *
   * @param expected the sequence that was to come
   * @param got the one that came
   */
  record Gap(ConversationId conversation, long expected, long got) implements ToDeliver {}

  /**
   * The session is known to the user's actor.
   *
   * @param latest how far the mailbox reaches
   * @param from the stream starts after this position
   * @param complete whether nothing is missing after the position that was asked for
   * @param correspondents those with whom the user has talked last, whose presence they may see
   * @param showsPresence whether others may see when the user is online
   * @param actor to watch: when it ends, the session attaches again
   */
  record Attached(
      long latest,
      long from,
      boolean complete,
      List<UserId> correspondents,
      boolean showsPresence,
      ActorRef<UserCommand> actor)
      implements ToSession {}

  /**
   * With whom the user shares their presence has changed.
   *
   * @param correspondents as in {@link Attached}, and so is {@code showsPresence}
   */
  record Sharing(List<UserId> correspondents, boolean showsPresence) implements ToSession {

    @JsonCreator
    public Sharing {
      correspondents = List.copyOf(correspondents);
    }
  }

  /** The user shares their presence with that one too. */
  record Met(UserId other) implements ToSession {}

  /** Entries from the position that was asked for on, without a gap. */
  record Pulled(Excerpt entries) implements ToSession {}

  /** The sign-in that the session stands on has ended. */
  record SessionEnded(SessionId session) implements ToSession {}

  /**
   * @param names own names of contacts
   * @param last where this part of them ends; empty: there are no more
   */
  record ContactList(Map<UserId, String> names, List<UserId> blocked, Optional<UserId> last)
      implements ToGetContacts {

    public ContactList {
      names = Map.copyOf(names);
      blocked = List.copyOf(blocked);
    }

    /** These, and those that come after them. */
    public ContactList and(ContactList later) {
      var allNames = new HashMap<>(names);
      allNames.putAll(later.names);
      var allBlocked = new ArrayList<>(blocked);
      allBlocked.addAll(later.blocked);
      return new ContactList(allNames, allBlocked, later.last);
    }
  }

  record ContactsChanged() implements ToChangeContacts {}

  record PushChanged() implements ToChangePush {}

  /** What the caller's device has. */
  record Keys(DeviceKeys.Stock stock) implements ToGetKeys {}

  /** One of each device that has keys. */
  record KeyPackages(List<DeviceKeys.Handed> devices) implements ToTakeKeyPackages {}

  /**
   * What a user's devices could be added to a group with.
   *
   * @param keyless how many of the devices that are signed in offer nothing
   */
  record UserKeys(List<DeviceKeys.Known> devices, int keyless) implements ToGetUserKeys {}

  /**
   * @param size of the whole log
   * @param root of the whole log
   */
  record KeyLogPage(long size, Opaque root, List<KeyLog.Entry> entries) implements ToGetKeyLog {}

  /**
   * @param proof as RFC 9162 has it, in this order
   */
  record Proved(List<Opaque> proof) implements ToProveKeyLog {}

  /** The session's device should bring key packages soon. */
  record KeysLow(int suite, int remaining) implements ToSession {}
}
