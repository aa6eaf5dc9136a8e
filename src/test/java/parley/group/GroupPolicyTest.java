package parley.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.message.GroupRules;
import parley.message.GroupRules.Who;
import parley.message.Role;

/** Every role and every action, under rules that leave things to all, and to admins alone. */
class GroupPolicyTest {

  private static final GroupRules OPEN = new GroupRules(Who.ALL, Who.ALL, Who.ALL);
  private static final GroupRules CLOSED = new GroupRules(Who.ADMINS, Who.ADMINS, Who.ADMINS);

  @ParameterizedTest
  @CsvSource({
    "OWNER,  POST,               true,  true",
    "OWNER,  ADD_MEMBER,         true,  true",
    "OWNER,  EDIT_GROUP,         true,  true",
    "OWNER,  CHANGE_RULES,       true,  true",
    "OWNER,  DELETE_ANY_MESSAGE, true,  true",
    "OWNER,  DELETE_GROUP,       true,  true",
    "ADMIN,  POST,               true,  true",
    "ADMIN,  ADD_MEMBER,         true,  true",
    "ADMIN,  EDIT_GROUP,         true,  true",
    "ADMIN,  CHANGE_RULES,       true,  true",
    "ADMIN,  DELETE_ANY_MESSAGE, true,  true",
    "ADMIN,  DELETE_GROUP,       false, false",
    "MEMBER, POST,               true,  false",
    "MEMBER, ADD_MEMBER,         true,  false",
    "MEMBER, EDIT_GROUP,         true,  false",
    "MEMBER, CHANGE_RULES,       false, false",
    "MEMBER, DELETE_ANY_MESSAGE, false, false",
    "MEMBER, DELETE_GROUP,       false, false",
  })
  void a_role_may_do_it(Role role, GroupPolicy.Action action, boolean open, boolean closed) {
    assertThat(GroupPolicy.allows(role, action, OPEN)).isEqualTo(open);
    assertThat(GroupPolicy.allows(role, action, CLOSED)).isEqualTo(closed);
  }

  @ParameterizedTest
  @CsvSource({
    "OWNER,  OWNER,  true",
    "OWNER,  ADMIN,  true",
    "OWNER,  MEMBER, true",
    "ADMIN,  OWNER,  false",
    "ADMIN,  ADMIN,  false",
    "ADMIN,  MEMBER, true",
    "MEMBER, OWNER,  false",
    "MEMBER, ADMIN,  false",
    "MEMBER, MEMBER, false",
  })
  void a_role_may_remove_another(Role role, Role other, boolean allowed) {
    assertThat(GroupPolicy.mayRemove(role, other)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "OWNER,  MEMBER, ADMIN,  true",
    "OWNER,  MEMBER, OWNER,  true",
    "OWNER,  ADMIN,  MEMBER, true",
    "OWNER,  ADMIN,  OWNER,  true",
    "OWNER,  OWNER,  ADMIN,  true",
    "OWNER,  OWNER,  MEMBER, true",
    "ADMIN,  MEMBER, ADMIN,  true",
    "ADMIN,  MEMBER, OWNER,  false",
    "ADMIN,  ADMIN,  MEMBER, false",
    "ADMIN,  ADMIN,  OWNER,  false",
    "ADMIN,  OWNER,  ADMIN,  false",
    "ADMIN,  OWNER,  MEMBER, false",
    "MEMBER, MEMBER, ADMIN,  false",
    "MEMBER, MEMBER, OWNER,  false",
    "MEMBER, ADMIN,  MEMBER, false",
    "MEMBER, OWNER,  MEMBER, false",
  })
  void a_role_may_give_another_role(Role role, Role from, Role to, boolean allowed) {
    assertThat(GroupPolicy.mayChangeRole(role, from, to)).isEqualTo(allowed);
  }
}
