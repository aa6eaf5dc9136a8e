package parley.wire;

import parley.message.UserId;

/**
 * Asks for a new account.
 *
 * @param password 1 to 256 characters
 * @param displayName 1 to 100 characters; the user id when the client gave none
 */
public record RegisterRequest(UserId user, String password, String displayName) {

  static final int PASSWORD_CHARACTERS_MAX = 256;

  static final int DISPLAY_NAME_CHARACTERS_MAX = 100;

  /** Reads {@code {"userId","password","displayName"?}}. */
  public static RegisterRequest read(Fields fields) {
    var user = fields.value("userId", UserId::new);
    return new RegisterRequest(
        user,
        fields.value("password", BoundedText.secret(PASSWORD_CHARACTERS_MAX)),
        fields
            .optionalValue("displayName", BoundedText.name(DISPLAY_NAME_CHARACTERS_MAX))
            .orElse(user.value()));
  }

  /** Never the password: a log line may hold this. */
  @Override
  public String toString() {
    return "RegisterRequest[" + user + "]";
  }
}
