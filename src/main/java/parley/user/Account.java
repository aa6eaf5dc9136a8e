package parley.user;

import java.time.Instant;

/** What was registered. */
record Account(String displayName, String passwordHash, Instant registeredAt) {

  /** Never the password's hash: a log line may hold this. */
  @Override
  public String toString() {
    return "Account[" + displayName + "]";
  }
}
