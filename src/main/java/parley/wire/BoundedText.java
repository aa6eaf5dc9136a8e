package parley.wire;

import java.util.function.Function;

/** The forms of short texts that people choose. */
final class BoundedText {

  private BoundedText() {}

  /** 1 to {@code charactersMax} characters of any kind. */
  static Function<String, String> secret(int charactersMax) {
    return text -> checkLength(text, charactersMax);
  }

  /** 1 to {@code charactersMax} characters, not all of them white space, none of control. */
  static Function<String, String> name(int charactersMax) {
    return text -> {
      if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a visible name without control characters is expected");
      }
      return checkLength(text, charactersMax);
    };
  }

  /** 0 to {@code charactersMax} characters, of those of control only line breaks. */
  static Function<String, String> prose(int charactersMax) {
    return text -> {
      if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r')) {
        throw new IllegalArgumentException("a text without control characters is expected");
      }
      return text.isEmpty() ? text : checkLength(text, charactersMax);
    };
  }

  private static String checkLength(String text, int charactersMax) {
    if (text.isEmpty() || text.codePointCount(0, text.length()) > charactersMax) {
      throw new IllegalArgumentException("1 to " + charactersMax + " characters are expected");
    }
    return text;
  }
}
