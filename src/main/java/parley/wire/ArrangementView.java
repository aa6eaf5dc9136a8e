package parley.wire;

import java.time.Instant;
import java.util.Optional;
import parley.user.UserReply;

/**
 * How a user has arranged a conversation for themselves.
 *
 * @param mutedUntil until when it makes no noise; absent: it does
 */
public record ArrangementView(Optional<Instant> mutedUntil, boolean pinned, boolean archived) {

  static final Instant FOR_EVER = Instant.parse("9999-12-31T23:59:59.999Z");

  /** What the user is told. */
  public static ArrangementView of(UserReply.Arrangement it) {
    return new ArrangementView(it.mutedUntil(), it.pinned(), it.archived());
  }
}
