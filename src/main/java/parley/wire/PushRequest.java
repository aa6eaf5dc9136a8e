package parley.wire;

import java.util.function.UnaryOperator;
import parley.push.PushSubscription;

/** Asks that the device be notified: what a browser's push subscription is as JSON. */
public record PushRequest(PushSubscription subscription) {

  /**
   * Reads {@code {"endpoint","keys":{"p256dh","auth"}}}.
   *
   * @param endpoint lets one pass that may be sent to
   */
  public static PushRequest read(Fields fields, UnaryOperator<String> endpoint) {
    var address = fields.value("endpoint", endpoint);
    var keys = fields.optionalObject("keys").orElseThrow(() -> fields.missing("keys"));
    var auth = keys.text("auth");
    return new PushRequest(
        keys.value("p256dh", publicKey -> PushSubscription.checked(address, publicKey, auth)));
  }
}
