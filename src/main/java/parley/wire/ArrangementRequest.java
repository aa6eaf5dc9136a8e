package parley.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks to arrange a conversation for its reader alone; what is absent stays as it is.
 *
 * @param mutedUntil {@link Instant#EPOCH}: no longer muted
 */
public record ArrangementRequest(
    Optional<Instant> mutedUntil, Optional<Boolean> pinned, Optional<Boolean> archived) {

  /**
   * Reads {@code {"muted"?,"mutedUntil"?,"pinned"?,"archived"?}}; one of them must be there. Muted
   * without a time is muted until it is taken back.
   */
  public static ArrangementRequest read(Fields fields) {
    var until =
        fields
            .optionalValue("mutedUntil", ArrangementRequest::time)
            .or(() ->
                fields
                    .optionalFlag("muted")
                    .map(muted -> muted ? ArrangementView.FOR_EVER : Instant.EPOCH));
    var request =
        new ArrangementRequest(
            until, fields.optionalFlag("pinned"), fields.optionalFlag("archived"));
    if (until.isEmpty() && request.pinned.isEmpty() && request.archived.isEmpty()) {
      throw fields.missing("pinned");
    }
    return request;
  }

  private static Instant time(String text) {
    try {
      var time = Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && !time.isAfter(ArrangementView.FOR_EVER)) {
        return time;
      }
    } catch (DateTimeException e) {
      // Answered below, in words.
    }
    throw new IllegalArgumentException(
        "a time of RFC 3339 in UTC is expected, as in 2026-11-23T10:00:00.000Z");
  }
}
