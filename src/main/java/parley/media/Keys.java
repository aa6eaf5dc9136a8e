package parley.media;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import parley.message.MediaId;

/** The keys of the store. */
final class Keys {

  static final String MARKS = "marks/";

  private static final RandomGenerator RANDOM = new SecureRandom();

  private Keys() {}

  /** Of everything that belongs to the medium. */
  static String all(MediaId id) {
    return "media/" + id + "/";
  }

  /**
   * A new one: what is done twice at a time is kept twice, and the medium's actor takes one.
   *
   * @param name what the object is, for whoever looks into the store
   */
  static String next(MediaId id, String name) {
    return all(id) + name + "-" + HexFormat.of().toHexDigits(RANDOM.nextLong());
  }

  static String mark(MediaId id) {
    return MARKS + id;
  }

  /** Whose mark it is; empty when it is none. */
  static Optional<MediaId> marked(String key) {
    try {
      return Optional.of(new MediaId(key.substring(MARKS.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
