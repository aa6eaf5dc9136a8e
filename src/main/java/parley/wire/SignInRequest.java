package parley.wire;

import parley.message.DeviceId;
import parley.message.UserId;

/**
 * Asks for a session on a device.
 *
 * @param device the client's own from an earlier session, or a new one
 * @param deviceName 1 to 100 characters; the device's id when the client gave none
 */
public record SignInRequest(UserId user, String password, DeviceId device, String deviceName) {

  private static final int DEVICE_NAME_CHARACTERS_MAX = 100;

  /** Reads {@code {"userId","password","device"?:{"id"?,"name"?}}}. */
  public static SignInRequest read(Fields fields) {
    var user = fields.value("userId", UserId::new);
    var password =
        fields.value("password", BoundedText.secret(RegisterRequest.PASSWORD_CHARACTERS_MAX));
    var device = fields.optionalObject("device");
    var id = device.flatMap(d -> d.optionalValue("id", DeviceId::new)).orElseGet(DeviceId::random);
    var name =
        device
            .flatMap(d -> d.optionalValue("name", BoundedText.name(DEVICE_NAME_CHARACTERS_MAX)))
            .orElse(id.value());
    return new SignInRequest(user, password, id, name);
  }

  /** Never the password: a log line may hold this. */
  @Override
  public String toString() {
    return "SignInRequest[" + user + ", " + device + "]";
  }
}
