package parley.http;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import java.util.regex.Pattern;
import parley.message.Failure;
import parley.user.Excerpt;
import parley.wire.RefusedInput;

/**
 * Which part of the unread messages a client asks for.
 *
 * @param after only those at later positions
 * @param limit 1 to {@link Excerpt#ENTRIES_MAX}
 */
record Page(long after, int limit) {

  private static final int LIMIT_DEFAULT = 100;

  /** Eighteen digits: fits into a long, and more positions than a mailbox will ever have. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  /** Reads {@code ?after=&limit=}; throws {@link RefusedInput} when one is malformed. */
  static Page of(HttpRequest request) {
    return new Page(
        number(request, "after", 0, 0, Long.MAX_VALUE),
        (int) number(request, "limit", LIMIT_DEFAULT, 1, Excerpt.ENTRIES_MAX));
  }

  private static long number(HttpRequest request, String name, long byDefault, long min, long max) {
    var text = request.getUri().query().get(name);
    if (text.isEmpty()) {
      return byDefault;
    }
    var number = text.filter(t -> NUMBER.matcher(t).matches()).map(Long::parseLong);
    return number
        .filter(n -> n >= min && n <= max)
        .orElseThrow(() ->
            new RefusedInput(
                Failure.MALFORMED_FIELD,
                "The parameter \"%s\" is a whole number, %s"
                    .formatted(
                        name, max == Long.MAX_VALUE ? min + " or more" : min + " to " + max)));
  }

  /** Where the next page is, when this one ends at {@code last}. */
  RawHeader next(long last) {
    return RawHeader.create(
        "Link", "</messages?after=%d&limit=%d>; rel=\"next\"".formatted(last, limit));
  }
}
