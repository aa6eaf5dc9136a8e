package parley.wire;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as RFC 3339 has them, in UTC and always with three digits of milliseconds. Every frame has
 * one, so they are written digit by digit, which is cheaper than a formatter.
 */
final class Milliseconds {

  private static final int YEAR_MAX = 9999;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final String FORM = "0000-00-00T00:00:00.000Z";

  /** For years that are not written with four digits. */
  private static final DateTimeFormatter ANY_YEAR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Milliseconds() {}

  /** The text of the time; what is less than a millisecond is left out. */
  static String text(Instant time) {
    var at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    if (at.getYear() < 0 || at.getYear() > YEAR_MAX) {
      return ANY_YEAR.format(time);
    }
    var text = FORM.toCharArray();
    put(text, 4, at.getYear());
    put(text, 7, at.getMonthValue());
    put(text, 10, at.getDayOfMonth());
    put(text, 13, at.getHour());
    put(text, 16, at.getMinute());
    put(text, 19, at.getSecond());
    put(text, 23, at.getNano() / NANOS_PER_MILLI);
    return new String(text);
  }

  /** Writes the number's digits before that place. */
  private static void put(char[] text, int end, int number) {
    int rest = number;
    for (int at = end - 1; rest > 0; at--) {
      text[at] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
