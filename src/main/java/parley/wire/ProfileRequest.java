package parley.wire;

import java.util.Optional;

/**
 * Asks to change the profile; what is absent stays as it is.
 *
 * @param displayName 1 to 100 characters
 * @param about 0 to 500 characters
 * @param showsPresence whether others may see when the user is online
 */
public record ProfileRequest(
    Optional<String> displayName, Optional<String> about, Optional<Boolean> showsPresence) {

  private static final int ABOUT_CHARACTERS_MAX = 500;

  /** Reads {@code {"displayName"?,"about"?,"showsPresence"?}}; one of them must be there. */
  public static ProfileRequest read(Fields fields) {
    var displayName =
        fields.optionalValue(
            "displayName", BoundedText.name(RegisterRequest.DISPLAY_NAME_CHARACTERS_MAX));
    var about = fields.optionalValue("about", BoundedText.prose(ABOUT_CHARACTERS_MAX));
    var showsPresence = fields.optionalFlag("showsPresence");
    if (displayName.isEmpty() && about.isEmpty() && showsPresence.isEmpty()) {
      throw fields.missing("displayName");
    }
    return new ProfileRequest(displayName, about, showsPresence);
  }
}
