package parley.wire;

import java.util.Optional;

/**
 * Asks to change the profile; what is absent stays as it is.
 *
 * @param displayName 1 to 100 characters
 * @param about 0 to 500 characters
 * @param picture a media id; an empty text takes it away
 * @param showsPresence whether others may see when the user is online
 */
public record ProfileRequest(
    Optional<String> displayName,
    Optional<String> about,
    Optional<String> picture,
    Optional<Boolean> showsPresence) {

  private static final int ABOUT_CHARACTERS_MAX = 500;

  /** Reads those that are there of the fields, by these names; one of them must be. */
  public static ProfileRequest read(Fields fields) {
    var displayName =
        fields.optionalValue(
            "displayName", BoundedText.name(RegisterRequest.DISPLAY_NAME_CHARACTERS_MAX));
    var about = fields.optionalValue("about", BoundedText.prose(ABOUT_CHARACTERS_MAX));
    var picture = MediaForms.picture(fields);
    var showsPresence = fields.optionalFlag("showsPresence");
    boolean saysNothing =
        displayName.isEmpty() && about.isEmpty() && picture.isEmpty() && showsPresence.isEmpty();
    if (saysNothing) {
      throw fields.missing("displayName");
    }
    return new ProfileRequest(displayName, about, picture, showsPresence);
  }
}
