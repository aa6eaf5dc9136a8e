package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/** One sign-in of one device: what a sign-out ends. */
public record SessionId(String value) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SessionId {}

  /** The name of a new sign-in. */
  public static SessionId random() {
    return new SessionId(UUID.randomUUID().toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
