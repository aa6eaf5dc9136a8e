package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/** A picture, video, sound or file, for ever. A {@link Ulid}. */
public record MediaId(String value) {

  /** Throws {@link IllegalArgumentException} when the text is not of the form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public MediaId {
    if (!Ulid.matches(value)) {
      throw new IllegalArgumentException("A media id is 26 characters of Crockford's base32");
    }
  }

  /** The id of a medium that comes in now. */
  public static MediaId random(Instant now) {
    return new MediaId(Ulid.random(now));
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
