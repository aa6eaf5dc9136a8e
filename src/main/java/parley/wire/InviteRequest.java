package parley.wire;

import java.time.Duration;
import parley.group.GroupLimits;

/**
 * Asks for an invite to a group.
 *
 * @param usesMax how many may join by it
 */
public record InviteRequest(Duration lifetime, int usesMax) {

  private static final Duration LIFETIME_DEFAULT = Duration.ofDays(7);
  private static final int USES_DEFAULT = 100;

  /** What an empty body asks for. */
  public static final InviteRequest DEFAULT = new InviteRequest(LIFETIME_DEFAULT, USES_DEFAULT);

  /** Reads {@code {"expiresInSeconds"?,"maxUses"?}}. */
  public static InviteRequest read(Fields fields) {
    return new InviteRequest(
        Duration.ofSeconds(
            bounded(
                fields,
                "expiresInSeconds",
                LIFETIME_DEFAULT.toSeconds(),
                GroupLimits.INVITE_LIFETIME_MAX.toSeconds())),
        (int) bounded(fields, "maxUses", USES_DEFAULT, GroupLimits.INVITE_USES_MAX));
  }

  private static long bounded(Fields fields, String name, long byDefault, long max) {
    long number = fields.optionalNumber(name).orElse(byDefault);
    if (number < 1 || number > max) {
      throw fields.malformed(name, "a whole number, 1 to %d, is expected".formatted(max));
    }
    return number;
  }
}
