package parley.wire;

import java.util.Optional;
import parley.keys.MlsReply;
import parley.message.Opaque;

/**
 * How far an encrypted conversation is.
 *
 * @param groupInfo of that epoch, to join by; absent when its commit brought none
 */
public record MlsView(long epoch, int suite, Optional<Opaque> groupInfo) {

  public static MlsView of(MlsReply.Standing standing) {
    return new MlsView(standing.epoch(), standing.suite(), standing.groupInfo());
  }
}
