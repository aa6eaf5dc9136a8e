package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/** A group, for ever: never given to another one, even after everyone has left. A {@link Ulid}. */
public record GroupId(String value) implements Comparable<GroupId> {

  /** Throws {@link IllegalArgumentException} when the text is not of the form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GroupId {
    if (!Ulid.matches(value)) {
      throw new IllegalArgumentException("A group id is 26 characters of Crockford's base32");
    }
  }

  /** The id of a group that is made now. */
  public static GroupId random(Instant now) {
    return new GroupId(Ulid.random(now));
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
