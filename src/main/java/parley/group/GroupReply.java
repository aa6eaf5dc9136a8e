package parley.group;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.CborSerializable;
import parley.message.GroupId;
import parley.message.GroupRules;
import parley.message.Refusal;
import parley.message.Role;
import parley.message.UserId;

/** What a group's actor answers: one sealed choice for each command of {@link GroupCommand}. */
public sealed interface GroupReply extends CborSerializable {

  sealed interface ToDescribe extends GroupReply permits Description, Refused {}

  sealed interface ToGetMembers extends GroupReply permits MemberPage, Refused {}

  sealed interface ToChangeMember extends GroupReply permits MemberChanged, Refused {}

  sealed interface ToDelete extends GroupReply permits Deleted, Refused {}

  sealed interface ToInvite extends GroupReply permits Invited, Refused {}

  sealed interface ToGetInvites extends GroupReply permits InviteList, Refused {}

  sealed interface ToRevoke extends GroupReply permits Revoked, Refused {}

  sealed interface ToGetReceipts extends GroupReply permits ReceiptPage, Refused {}

  sealed interface ToGetAudience extends GroupReply permits Audience, Refused {}

  sealed interface ToPost extends GroupReply permits Posted, NotPosted {}

  /** Refused, and nothing has changed. */
  record Refused(Refusal refusal)
      implements ToDescribe,
          ToGetMembers,
          ToChangeMember,
          ToDelete,
          ToInvite,
          ToGetInvites,
          ToRevoke,
          ToGetReceipts,
          ToGetAudience {}

  /**
   * The group as a member sees it.
   *
   * @param picture empty: there is none
   * @param members how many there are
   * @param role of who asks
   */
  record Description(
      GroupId id,
      String title,
      String description,
      Optional<String> picture,
      GroupRules rules,
      UserId createdBy,
      Instant createdAt,
      int members,
      Role role)
      implements ToDescribe {}

  /**
   * @param more whether there are members after these
   */
  record MemberPage(List<MemberInfo> members, boolean more) implements ToGetMembers {}

  record MemberInfo(UserId user, Role role, Instant joinedAt) {}

  /**
   * @param added whether they were not a member before
   * @param role empty: they are a member no longer
   */
  record MemberChanged(UserId member, boolean added, Optional<Role> role)
      implements ToChangeMember {}

  record Deleted() implements ToDelete {}

  /** An invite was made; its token is told this once. */
  record Invited(InviteInfo invite, InviteToken token) implements ToInvite {}

  record InviteList(List<InviteInfo> invites) implements ToGetInvites {}

  /**
   * @param id to revoke it by
   * @param usesLeft how many may still join by it
   */
  record InviteInfo(
      String id, UserId createdBy, Instant createdAt, Instant expiresAt, int usesLeft) {}

  record Revoked() implements ToRevoke {}

  /**
   * @param more whether there are members after these
   */
  record ReceiptPage(List<MemberReceipt> receipts, boolean more) implements ToGetReceipts {}

  /**
   * How far one member has got with one message.
   *
   * @param left whether they are a member no longer
   */
  record MemberReceipt(UserId user, boolean delivered, boolean read, boolean left) {}

  /** Others than who asked. */
  record Audience(List<UserId> members) implements ToGetAudience {}

  /**
   * All are settled: those that were not refused are in the group's order, for good.
   *
   * @param refused by sequence
   */
  record Posted(Map<Long, Refusal> refused) implements ToPost {}

  /** None is settled: post the same again later. */
  record NotPosted() implements ToPost {}

  record Marked() implements GroupReply {}

  record Picture(Optional<String> picture) implements GroupReply {}

  /** What the group is to a user. */
  enum Standing implements GroupReply {
    NO_GROUP,
    STRANGER,
    MEMBER
  }
}
