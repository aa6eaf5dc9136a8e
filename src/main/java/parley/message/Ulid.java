package parley.message;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A ULID: 26 characters of Crockford's base32, of which 48 bits are the milliseconds at which it
 * was made and 80 are random, so that nobody can guess one.
 */
final class Ulid {

  private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;
  private static final int TIME_LENGTH = 10;
  private static final RandomGenerator RANDOM = new SecureRandom();

  private Ulid() {}

  /** Whether the text is of the form. */
  static boolean matches(String text) {
    return FORM.matcher(text).matches();
  }

  /** One that is made now. */
  static String random(Instant now) {
    var text = new char[LENGTH];
    long millis = now.toEpochMilli();
    for (int i = TIME_LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (millis & 31));
      millis >>>= 5;
    }
    for (int i = TIME_LENGTH; i < LENGTH; i++) {
      text[i] = DIGITS.charAt(RANDOM.nextInt(DIGITS.length()));
    }
    return new String(text);
  }
}
