package parley.wire;

import java.util.Optional;
import parley.message.Role;

/**
 * Asks to add a member, or to give one another role.
 *
 * @param role empty: a new one is a plain member, and an old one stays what they are
 */
public record MemberRequest(Optional<Role> role) {

  /** Reads {@code {"role"?}}. */
  public static MemberRequest read(Fields fields) {
    return new MemberRequest(fields.optionalValue("role", GroupForms::role));
  }
}
