package parley.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.group.GroupReply;
import parley.message.ConversationId;
import parley.message.GroupId;
import parley.message.GroupRules;
import parley.message.Role;
import parley.message.UserId;

/**
 * A group as a member sees it.
 *
 * @param conversation where its messages are
 * @param picture absent: there is none
 * @param memberCount how many there are
 * @param role of who sees it
 * @param members the first of them, by user id
 */
public record GroupView(
    GroupId id,
    ConversationId conversation,
    String title,
    String description,
    Optional<String> picture,
    GroupRules policy,
    UserId createdBy,
    Instant createdAt,
    int memberCount,
    Role role,
    List<MemberView> members) {

  /** What a member is told. */
  public static GroupView of(GroupReply.Description group, List<GroupReply.MemberInfo> members) {
    return new GroupView(
        group.id(),
        new ConversationId.Group(group.id()),
        group.title(),
        group.description(),
        group.picture(),
        group.rules(),
        group.createdBy(),
        group.createdAt(),
        group.members(),
        group.role(),
        members.stream().map(MemberView::of).toList());
  }

  /** One member of a group. */
  public record MemberView(UserId userId, Role role, Instant joinedAt) {

    /** What other members are told. */
    public static MemberView of(GroupReply.MemberInfo member) {
      return new MemberView(member.user(), member.role(), member.joinedAt());
    }
  }
}
