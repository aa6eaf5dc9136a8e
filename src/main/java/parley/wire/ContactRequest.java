package parley.wire;

/**
 * Asks to keep a contact.
 *
 * @param name the user's own for them, 1 to 100 characters
 */
public record ContactRequest(String name) {

  private static final int NAME_CHARACTERS_MAX = 100;

  /** Reads {@code {"name"}}. */
  public static ContactRequest read(Fields fields) {
    return new ContactRequest(fields.value("name", BoundedText.name(NAME_CHARACTERS_MAX)));
  }
}
