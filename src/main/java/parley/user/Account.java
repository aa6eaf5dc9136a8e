package parley.user;

import java.time.Instant;
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
    Instant registeredAt) {

  Account with(UserEvent.ProfileChanged change) {
    return new Account(
        change.displayName(), change.about(), change.showsPresence(), passwordHash, registeredAt);
  }

  UserReply.Profile profile(UserId user) {
    return new UserReply.Profile(user, displayName, about, showsPresence);
  }

  /** Never the password's hash: a log line may hold this. */
  @Override
  public String toString() {
    return "Account[" + displayName + "]";
  }
}
