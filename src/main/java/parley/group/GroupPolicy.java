package parley.group;

import parley.message.GroupRules;
import parley.message.Role;

/** Who may do what in a group: plain rules, which know nothing of a particular one. */
public final class GroupPolicy {

  private GroupPolicy() {}

  /** What somebody wants to do. */
  public enum Action {
    POST,
    ADD_MEMBER,
    EDIT_GROUP,
    CHANGE_RULES,
    DELETE_ANY_MESSAGE,
    DELETE_GROUP
  }

  /** Whether a member of that role may do it. */
  public static boolean allows(Role role, Action action, GroupRules rules) {
    return switch (action) {
      case POST -> allows(role, rules.post());
      case ADD_MEMBER -> allows(role, rules.add());
      case EDIT_GROUP -> allows(role, rules.edit());
      case CHANGE_RULES, DELETE_ANY_MESSAGE -> role != Role.MEMBER;
      case DELETE_GROUP -> role == Role.OWNER;
    };
  }

  private static boolean allows(Role role, GroupRules.Who who) {
    return who == GroupRules.Who.ALL || role != Role.MEMBER;
  }

  /** Whether a member of that role may remove another one. */
  public static boolean mayRemove(Role role, Role other) {
    return switch (role) {
      case OWNER -> true;
      case ADMIN -> other == Role.MEMBER;
      case MEMBER -> false;
    };
  }

  /** Whether a member of that role may make another one what they are to be. */
  public static boolean mayChangeRole(Role role, Role from, Role to) {
    return switch (role) {
      case OWNER -> true;
      case ADMIN -> from == Role.MEMBER && to == Role.ADMIN;
      case MEMBER -> false;
    };
  }
}
