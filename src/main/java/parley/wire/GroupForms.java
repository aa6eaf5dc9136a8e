package parley.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Optional;
import parley.message.GroupRules;
import parley.message.Role;

/** The forms of roles and of a group's policy. */
final class GroupForms {

  private GroupForms() {}

  /** {@code owner}, {@code admin} or {@code member}. */
  static Role role(String text) {
    return constant(Role.class, text);
  }

  /** What the field {@code policy} says; what is absent in it is as in {@code byDefault}. */
  static Optional<GroupRules> policy(Fields fields, GroupRules byDefault) {
    return fields
        .optionalObject("policy")
        .map(policy ->
            new GroupRules(
                who(policy, "post").orElse(byDefault.post()),
                who(policy, "add").orElse(byDefault.add()),
                who(policy, "edit").orElse(byDefault.edit())));
  }

  /** What the field {@code policy} says, all of which must be there. */
  static Optional<GroupRules> wholePolicy(Fields fields) {
    return fields
        .optionalObject("policy")
        .map(policy ->
            new GroupRules(
                who(policy, "post").orElseThrow(() -> policy.missing("post")),
                who(policy, "add").orElseThrow(() -> policy.missing("add")),
                who(policy, "edit").orElseThrow(() -> policy.missing("edit"))));
  }

  private static Optional<GroupRules.Who> who(Fields policy, String name) {
    return policy.optionalValue(name, text -> constant(GroupRules.Who.class, text));
  }

  /** The constant that is written so; throws {@link IllegalArgumentException} naming all. */
  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    var names = Arrays.stream(type.getEnumConstants()).map(GroupForms::name).toList();
    int at = names.indexOf(text);
    if (at < 0) {
      throw new IllegalArgumentException(String.join(", ", names) + " is expected");
    }
    return type.getEnumConstants()[at];
  }

  private static String name(Enum<?> constant) {
    try {
      return constant
          .getDeclaringClass()
          .getField(constant.name())
          .getAnnotation(JsonProperty.class)
          .value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("Every constant is a field", e);
    }
  }
}
