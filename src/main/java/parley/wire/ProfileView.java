package parley.wire;

import java.util.Optional;
import parley.message.MediaId;
import parley.message.UserId;
import parley.user.UserReply;

/**
 * A user's profile.
 *
 * @param about absent when they say nothing about themselves
 * @param picture absent when they show none
 * @param showsPresence whether others see when they are online: told to themselves only
 */
public record ProfileView(
    UserId userId,
    String displayName,
    Optional<String> about,
    Optional<MediaId> picture,
    Optional<Boolean> showsPresence) {

  /** What anybody may know. */
  public static ProfileView toOthers(UserReply.Profile profile) {
    return of(profile, Optional.empty());
  }

  /** What the user themselves are told. */
  public static ProfileView toThemselves(UserReply.Profile profile) {
    return of(profile, Optional.of(profile.showsPresence()));
  }

  private static ProfileView of(UserReply.Profile profile, Optional<Boolean> showsPresence) {
    return new ProfileView(
        profile.user(),
        profile.displayName(),
        Optional.of(profile.about()).filter(about -> !about.isEmpty()),
        profile.picture(),
        showsPresence);
  }
}
