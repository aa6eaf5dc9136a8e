package parley.wire;

import java.util.Optional;
import parley.keys.MlsEvent;
import parley.message.ClientId;
import parley.message.DeviceId;
import parley.message.Opaque;
import parley.message.Sealed;
import parley.message.UserId;

/**
 * One commit of an encrypted conversation.
 *
 * @param epoch the one that it was made in, and ends
 * @param kind commit, or restart: those after it belong to the group that it begins
 */
public record CommitView(
    long epoch,
    UserId by,
    DeviceId device,
    ClientId clientId,
    Sealed.Kind kind,
    Opaque data,
    Optional<Opaque> welcome) {

  public static CommitView of(MlsEvent.Committed committed) {
    var commit = committed.commit();
    return new CommitView(
        commit.epoch(),
        committed.by(),
        committed.device(),
        committed.clientId(),
        commit.kind(),
        commit.data(),
        commit.welcome());
  }
}
