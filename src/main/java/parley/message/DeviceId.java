package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * One installation of one user: a phone, a browser, a bot's process.
 *
 * <p>Form: 1 to 64 characters of {@code A-Z a-z 0-9 . _ -}.
 */
public record DeviceId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** Throws {@link IllegalArgumentException} when the text is not of the form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public DeviceId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A device id is 1 to 64 characters of A-Z, a-z, 0-9, . _ -");
    }
  }

  /** A name for a device that came without one. */
  public static DeviceId random() {
    return new DeviceId(UUID.randomUUID().toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
