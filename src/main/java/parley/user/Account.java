package parley.user;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import parley.message.MediaId;
import parley.message.UserId;

/**
 * What was registered, and what the user has made of it since.
 *
 * @param about some words about themselves
 * @param showsPresence whether others may see when the user is online
 */
record Account(
    String displayName,
    String about,
    boolean showsPresence,
    String passwordHash,
    Instant registeredAt,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<MediaId> picture) {

  Account with(UserEvent.ProfileChanged change) {
    return new Account(
        change.displayName(),
        change.about(),
        change.showsPresence(),
        passwordHash,
        registeredAt,
        change.picture());
  }

  UserReply.Profile profile(UserId user) {
    return new UserReply.Profile(user, displayName, about, showsPresence, picture);
  }

  /** Never the password's hash: a log line may hold this. */
  @Override
  public String toString() {
    return "Account[" + displayName + "]";
  }
}
