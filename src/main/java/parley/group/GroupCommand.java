package parley.group;

import akka.actor.typed.ActorRef;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import parley.message.CborSerializable;
import parley.message.GroupRules;
import parley.message.MessageId;
import parley.message.Role;
import parley.message.UserId;

/**
 * What a group's actor is asked. Its answers are in {@link GroupReply}.
 *
 * <p>All are refused with NOT_FOUND where there is no such group, and what {@link GroupPolicy} does
 * not allow with NOT_ALLOWED. What is asked again has no further effect: it is answered as before.
 */
public sealed interface GroupCommand extends CborSerializable
    permits GroupCommand.Asked,
        GroupCommand.Post,
        GroupCommand.Mark,
        GroupCommand.GetStanding,
        GroupCommand.GetPicture,
        GroupCommand.Stop,
        Group.Internal {

  /**
   * Asked in a user's name, by way of their own actor ({@code UserCommand.InGroup}), which knows
   * whether their session goes on. Refused with NOT_A_MEMBER when they are not, but for {@link
   * Create} and {@link Join}.
   */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Create.class, name = "create"),
    @JsonSubTypes.Type(value = Describe.class, name = "describe"),
    @JsonSubTypes.Type(value = GetMembers.class, name = "get-members"),
    @JsonSubTypes.Type(value = Change.class, name = "change"),
    @JsonSubTypes.Type(value = PutMember.class, name = "put-member"),
    @JsonSubTypes.Type(value = RemoveMember.class, name = "remove-member"),
    @JsonSubTypes.Type(value = Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = Invite.class, name = "invite"),
    @JsonSubTypes.Type(value = GetInvites.class, name = "get-invites"),
    @JsonSubTypes.Type(value = Revoke.class, name = "revoke"),
    @JsonSubTypes.Type(value = Join.class, name = "join"),
    @JsonSubTypes.Type(value = GetReceipts.class, name = "get-receipts"),
    @JsonSubTypes.Type(value = GetAudience.class, name = "get-audience")
  })
  sealed interface Asked extends GroupCommand {

    /** In whose name. */
    UserId by();

    ActorRef<? super GroupReply.Refused> replyTo();
  }

  // The group and its members.

  /**
   * Makes the group; {@code by} is its owner. Refused with GROUP_FULL when that are too many
   * members. Whether there are such users, the caller knows.
   *
   * @param title 1 to {@link GroupLimits#TITLE_LENGTH_MAX} characters
   * @param members others than {@code by}; none twice
   */
  record Create(
      UserId by,
      String title,
      String description,
      List<UserId> members,
      GroupRules rules,
      ActorRef<GroupReply.ToDescribe> replyTo)
      implements Asked {

    public Create {
      members = List.copyOf(members);
    }
  }

  /** Asks for what members may know of the group. */
  record Describe(UserId by, ActorRef<GroupReply.ToDescribe> replyTo) implements Asked {}

  /**
   * Asks for the members, by user id.
   *
   * @param after only those with a greater user id
   * @param limit 1 to {@link GroupLimits#PAGE_MAX}
   */
  record GetMembers(
      UserId by, Optional<UserId> after, int limit, ActorRef<GroupReply.ToGetMembers> replyTo)
      implements Asked {}

  /**
   * Changes the group; what is empty stays as it is.
   *
   * @param picture an empty text takes it away
   */
  record Change(
      UserId by,
      Optional<String> title,
      Optional<String> description,
      Optional<String> picture,
      Optional<GroupRules> rules,
      ActorRef<GroupReply.ToDescribe> replyTo)
      implements Asked {}

  /**
   * Adds a member, or gives one another role. Refused with GROUP_FULL.
   *
   * @param role empty: a new one is a plain member, and an old one stays what they are
   */
  record PutMember(
      UserId by, UserId member, Optional<Role> role, ActorRef<GroupReply.ToChangeMember> replyTo)
      implements Asked {}

  /**
   * Removes a member; {@code by} themselves leave. When the last owner leaves, the admin who has
   * been a member for longest is the owner from then on; without admins the longest-standing
   * member.
   */
  record RemoveMember(UserId by, UserId member, ActorRef<GroupReply.ToChangeMember> replyTo)
      implements Asked {}

  /** Ends the group: nobody is a member any more, and its id is never used again. */
  record Delete(UserId by, ActorRef<GroupReply.ToDelete> replyTo) implements Asked {}

  // Invites.

  /**
   * Makes an invite. Refused with TOO_LARGE when there are too many.
   *
   * @param lifetime more than none, at most {@link GroupLimits#INVITE_LIFETIME_MAX}
   * @param usesMax how many may join by it: 1 to {@link GroupLimits#INVITE_USES_MAX}
   */
  record Invite(UserId by, Duration lifetime, int usesMax, ActorRef<GroupReply.ToInvite> replyTo)
      implements Asked {}

  /** Asks for the invites that still hold. */
  record GetInvites(UserId by, ActorRef<GroupReply.ToGetInvites> replyTo) implements Asked {}

  /** Takes an invite back, by its id. Refused with NOT_FOUND. */
  record Revoke(UserId by, String invite, ActorRef<GroupReply.ToRevoke> replyTo) implements Asked {}

  /**
   * Joins by an invite: its group is the one that is asked. Refused with NOT_FOUND when the invite
   * does not hold (any more), with GROUP_FULL. Who is a member already is answered as one.
   */
  record Join(UserId by, InviteToken token, ActorRef<GroupReply.ToDescribe> replyTo)
      implements Asked {}

  // How far members have got.

  /**
   * Asks how far members have got with a message: those who were members when it was said, also if
   * they have left since, but for who asks. Whether it is theirs to ask, the caller knows; who has
   * left may ask too.
   *
   * @param after only those with a greater user id
   * @param limit 1 to {@link GroupLimits#PAGE_MAX}
   */
  record GetReceipts(
      UserId by,
      MessageId message,
      Optional<UserId> after,
      int limit,
      ActorRef<GroupReply.ToGetReceipts> replyTo)
      implements Asked {}

  /** Asks whom to tell that {@code by} types: nobody in a large group, or if they may not post. */
  record GetAudience(UserId by, ActorRef<GroupReply.ToGetAudience> replyTo) implements Asked {}

  // Between a user's actor and the group's.

  /**
   * Posts what a member says, in the order of its sequences. What has a sequence that the group has
   * had from this member is passed over and answered as posted. A post of nothing is answered so
   * when the group has handed over all it has.
   */
  record Post(UserId by, List<Posting> postings, ActorRef<GroupReply.ToPost> replyTo)
      implements GroupCommand {

    public Post {
      postings = List.copyOf(postings);
    }
  }

  /** So far has a member got: cumulative, and only ever forward. */
  record Mark(
      UserId by,
      Optional<MessageId> delivered,
      Optional<MessageId> read,
      ActorRef<GroupReply.Marked> replyTo)
      implements GroupCommand {}

  /** Asks whether the group exists, and the user is in it. */
  record GetStanding(UserId user, ActorRef<GroupReply.Standing> replyTo) implements GroupCommand {}

  /** Asks which picture the group shows; none where there is no group. */
  record GetPicture(ActorRef<GroupReply.Picture> replyTo) implements GroupCommand {}

  /** Asks the actor to go to sleep, once nothing of it is on its way any more. */
  enum Stop implements GroupCommand {
    INSTANCE
  }
}
