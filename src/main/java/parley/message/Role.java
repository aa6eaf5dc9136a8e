package parley.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a member of a group is; {@code group.GroupPolicy} says what each may do. */
public enum Role {
  @JsonProperty("owner")
  OWNER,
  @JsonProperty("admin")
  ADMIN,
  @JsonProperty("member")
  MEMBER
}
