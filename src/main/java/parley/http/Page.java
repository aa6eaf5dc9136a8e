package parley.http;

import akka.http.javadsl.model.HttpRequest;
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

  /** Reads {@code ?after=&limit=}; throws {@link RefusedInput} when one is malformed. */
  static Page of(HttpRequest request) {
    return new Page(
        Parameters.number(request, "after", 0, 0, Long.MAX_VALUE),
        (int) Parameters.number(request, "limit", LIMIT_DEFAULT, 1, Excerpt.ENTRIES_MAX));
  }

  /** Where the next page is, when this one ends at {@code last}. */
  String next(long last) {
    return "/messages?after=%d&limit=%d".formatted(last, limit);
  }
}
