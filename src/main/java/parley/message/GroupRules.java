package parley.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a group leaves to all of its members, and what to its admins and owners alone.
 *
 * @param post who may say something; admins alone: an announcement group
 * @param add who may add members and make invites
 * @param edit who may change title, description and picture
 */
public record GroupRules(Who post, Who add, Who edit) {

  /** Everyone may post; what others see of the group is for admins to change. */
  public static final GroupRules DEFAULT = new GroupRules(Who.ALL, Who.ADMINS, Who.ADMINS);

  /** Whom something is left to. */
  public enum Who {
    @JsonProperty("all")
    ALL,
    @JsonProperty("admins")
    ADMINS
  }
}
