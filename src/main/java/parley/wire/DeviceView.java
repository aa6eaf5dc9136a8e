package parley.wire;

import java.time.Instant;
import parley.message.DeviceId;
import parley.user.UserReply;

/**
 * A device that is signed in.
 *
 * @param lastSeenAt when it last signed in or renewed its token
 * @param current whether it is the one that asks
 * @param acknowledged the position up to which it has stored the mailbox; 0 when it never said
 */
public record DeviceView(
    DeviceId id,
    String name,
    Instant signedInAt,
    Instant lastSeenAt,
    boolean current,
    long acknowledged) {

  /** What a device of the same user is told. */
  public static DeviceView of(UserReply.DeviceInfo info, DeviceId asking) {
    return new DeviceView(
        info.id(),
        info.name(),
        info.signedInAt(),
        info.refreshedAt(),
        info.id().equals(asking),
        info.acknowledged());
  }
}
