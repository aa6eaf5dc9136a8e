package parley.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.DeviceId;
import parley.message.Opaque;
import parley.message.UserId;
import parley.user.UserReply;

/**
 * What the devices of a conversation's members offer.
 *
 * @param epoch 0: it is not encrypted
 * @param tooMany true when there are too many members to say, or absent
 */
public record MemberKeysView(long epoch, List<One> members, Optional<Boolean> tooMany) {

  /**
   * One member.
   *
   * @param keyless how many of their devices offer nothing
   */
  public record One(UserId user, List<Device> devices, int keyless) {

    public static One of(UserId user, UserReply.UserKeys keys) {
      return new One(
          user,
          keys.devices().stream()
              .map(it -> new Device(it.device(), it.signatureKeys(), it.suites()))
              .toList(),
          keys.keyless());
    }
  }

  /**
   * One device.
   *
   * @param suites those that it can be added to a group of
   */
  public record Device(
      DeviceId deviceId, Map<Integer, Opaque> signatureKeys, List<Integer> suites) {}

  public static MemberKeysView of(long epoch, List<One> members) {
    return new MemberKeysView(epoch, members, Optional.empty());
  }

  public static MemberKeysView ofTooMany(long epoch) {
    return new MemberKeysView(epoch, List.of(), Optional.of(true));
  }
}
