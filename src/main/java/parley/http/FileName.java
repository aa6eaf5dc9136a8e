package parley.http;

import java.util.Optional;

/** What people call a file. */
final class FileName {

  private static final int CHARACTERS_MAX = 255;

  private FileName() {}

  /** The name without folders and what cannot be shown; empty when nothing is left. */
  static Optional<String> of(String text) {
    var last = text.substring(1 + Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')));
    var name = last.codePoints().filter(FileName::isShown).limit(CHARACTERS_MAX);
    return Optional.of(
            name.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip())
        .filter(it -> !it.isEmpty());
  }

  /** What turns the direction of writing around would make one type look like another. */
  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
