package parley.wire;

import java.util.List;
import parley.keys.DeviceKeys;
import parley.message.DeviceId;
import parley.message.Opaque;

/** What a user's devices may be added to a group with; those that have keys. */
public record KeyPackagesView(List<One> devices) {

  /**
   * Of one device.
   *
   * @param lastResort whether others may get the same one
   */
  public record One(
      DeviceId deviceId, Opaque signatureKey, Opaque keyPackage, boolean lastResort) {}

  public static KeyPackagesView of(List<DeviceKeys.Handed> devices) {
    return new KeyPackagesView(
        devices.stream()
            .map(it -> new One(it.device(), it.signatureKey(), it.keyPackage(), it.lastResort()))
            .toList());
  }
}
