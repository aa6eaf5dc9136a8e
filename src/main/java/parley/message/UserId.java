package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A person or a bot, for ever: never given to somebody else.
 *
 * <p>Form: {@code [a-z0-9][a-z0-9_-]{0,63}}, so it is safe inside a persistence id, a conversation
 * id and a URL.
 */
public record UserId(String value) implements Comparable<UserId> {

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /** Throws {@link IllegalArgumentException} when the text is not of the form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public UserId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A user id is 1 to 64 characters of a-z, 0-9, _ and -, and starts with a-z or 0-9");
    }
  }

  @Override
  public int compareTo(UserId that) {
    return value.compareTo(that.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
