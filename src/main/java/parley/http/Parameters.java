package parley.http;

import akka.http.javadsl.model.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import parley.message.Failure;
import parley.wire.RefusedInput;

/** The parameters of a query. What is malformed is refused by its name. */
final class Parameters {

  /** Eighteen digits: fits into a long, and more positions than a mailbox will ever have. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private Parameters() {}

  /** A whole number from {@code min} to {@code max}; absent: {@code byDefault}. */
  static long number(HttpRequest request, String name, long byDefault, long min, long max) {
    return value(request, name, text -> number(text, min, max)).orElse(byDefault);
  }

  /** A whole number of at least 0, which must be there. */
  static long required(HttpRequest request, String name) {
    return value(request, name, text -> number(text, 0, Long.MAX_VALUE))
        .orElseThrow(() ->
            new RefusedInput(
                Failure.MISSING_FIELD, "The parameter \"%s\" is missing".formatted(name)));
  }

  private static long number(String text, long min, long max) {
    if (NUMBER.matcher(text).matches()) {
      long number = Long.parseLong(text);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "a whole number, %s, is expected"
            .formatted(max == Long.MAX_VALUE ? min + " or more" : min + " to " + max));
  }

  /**
   * A value of a form of its own.
   *
   * @param form what it throws as {@link IllegalArgumentException} is refused in its words
   */
  static <T> Optional<T> value(HttpRequest request, String name, Function<String, T> form) {
    return request.getUri().query().get(name).map(text -> parse(name, text, form));
  }

  /** All values of a form of their own, at most so many; none: the parameter is absent. */
  static <T> List<T> all(HttpRequest request, String name, int most, Function<String, T> form) {
    var values =
        request.getUri().query().toList().stream()
            .filter(each -> each.first().equals(name))
            .map(each -> parse(name, each.second(), form))
            .toList();
    if (values.size() > most) {
      throw new RefusedInput(
          Failure.MALFORMED_FIELD, "The parameter \"%s\": %d at most".formatted(name, most));
    }
    return values;
  }

  private static <T> T parse(String name, String text, Function<String, T> form) {
    try {
      return form.apply(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedInput(
          Failure.MALFORMED_FIELD, "The parameter \"%s\": %s".formatted(name, e.getMessage()));
    }
  }
}
