package parley.wire;

import java.util.Map;
import parley.keys.DeviceKeys;
import parley.message.Opaque;

/**
 * What the caller's device has for encryption.
 *
 * @param remaining key packages that wait to be handed out, by suite
 */
public record KeysView(Map<Integer, Opaque> signatureKeys, Map<Integer, Integer> remaining) {

  public static KeysView of(DeviceKeys.Stock stock) {
    return new KeysView(stock.signatureKeys(), stock.remaining());
  }
}
