package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A group, for ever: never given to another one, even after everyone has left.
 *
 * <p>A ULID: 26 characters of Crockford's base32, of which 48 bits are the milliseconds at which it
 * was made and 80 are random, so that nobody can guess one.
 */
public record GroupId(String value) implements Comparable<GroupId> {

  private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;
  private static final int TIME_LENGTH = 10;
  private static final RandomGenerator RANDOM = new SecureRandom();

  /** Throws {@link IllegalArgumentException} when the text is not of the form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GroupId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("A group id is 26 characters of Crockford's base32");
    }
  }

  /** The id of a group that is made now. */
  public static GroupId random(Instant now) {
    var text = new char[LENGTH];
    long millis = now.toEpochMilli();
    for (int i = TIME_LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (millis & 31));
      millis >>>= 5;
    }
    for (int i = TIME_LENGTH; i < LENGTH; i++) {
      text[i] = DIGITS.charAt(RANDOM.nextInt(DIGITS.length()));
    }
    return new GroupId(new String(text));
  }

  @Override
  public int compareTo(GroupId that) {
    return value.compareTo(that.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
