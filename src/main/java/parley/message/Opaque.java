package parley.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Bytes that Parley passes on without looking inside, as text: standard base64 with padding (RFC
 * 4648, 4). Stored and sent as that text.
 */
public record Opaque(String base64) {

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/]+={0,2}");

  /** Throws {@link IllegalArgumentException} when the text is not of the form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Opaque {
    if (base64.length() % 4 != 0 || !FORM.matcher(base64).matches()) {
      throw new IllegalArgumentException("standard base64 with padding is expected");
    }
  }

  /** What it takes, stored and sent. */
  public int sizeBytes() {
    return base64.length();
  }

  @JsonValue
  String text() {
    return base64;
  }

  /** Never the bytes: a log line may hold this. */
  @Override
  public String toString() {
    return "Opaque[" + base64.length() + " characters]";
  }
}
