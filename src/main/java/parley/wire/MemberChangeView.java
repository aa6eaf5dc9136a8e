package parley.wire;

import parley.message.Role;
import parley.message.UserId;

/** What a member of a group is now. */
public record MemberChangeView(UserId userId, Role role) {}
