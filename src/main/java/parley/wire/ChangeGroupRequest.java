package parley.wire;

import java.util.Optional;
import parley.group.GroupLimits;
import parley.message.GroupRules;

/**
 * Asks to change a group; what is absent stays as it is.
 *
 * @param picture a media id; an empty text takes it away
 */
public record ChangeGroupRequest(
    Optional<String> title,
    Optional<String> description,
    Optional<String> picture,
    Optional<GroupRules> rules) {

  /**
   * Reads {@code {"title"?,"description"?,"picture"?,"policy"?}}; one of them must be there, and a
   * policy is given as a whole.
   */
  public static ChangeGroupRequest read(Fields fields) {
    var request =
        new ChangeGroupRequest(
            fields.optionalValue("title", BoundedText.name(GroupLimits.TITLE_LENGTH_MAX)),
            fields.optionalValue(
                "description", BoundedText.prose(GroupLimits.DESCRIPTION_LENGTH_MAX)),
            MediaForms.picture(fields),
            GroupForms.wholePolicy(fields));
    boolean saysNothing =
        request.title.isEmpty()
            && request.description.isEmpty()
            && request.picture.isEmpty()
            && request.rules.isEmpty();
    if (saysNothing) {
      throw fields.missing("title");
    }
    return request;
  }
}
