package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * The sender's own name for one send: repeating a send under the same name has no further effect.
 *
 * <p>Form: 1 to 64 printable ASCII characters.
 */
public record ClientId(String value) {

  private static final int LENGTH_MAX = 64;

  /** Throws {@link IllegalArgumentException} when the text is not of the form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ClientId {
    if (value.isEmpty()
        || value.length() > LENGTH_MAX
        || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException("A client id is 1 to 64 printable ASCII characters");
    }
  }

  /** A name for a send whose client gave it none. */
  public static ClientId random() {
    return new ClientId(UUID.randomUUID().toString());
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
