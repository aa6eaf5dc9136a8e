package parley.media;

import java.nio.file.Path;

/**
 * One form of a medium, ready to be kept.
 *
 * @param size which one: {@code original}, {@code 128}, {@code 320}, {@code 800}, {@code poster}
 * @param file where it lies: in the work folder, or the source itself
 */
public record Variant(String size, String mime, Path file) {

  /** What everyone gets who asks for no size. */
  public static final String ORIGINAL = "original";

  /** The first picture of a video, in full. */
  public static final String POSTER = "poster";
}
