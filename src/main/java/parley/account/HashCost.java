package parley.account;

import java.util.regex.Pattern;

/**
 * What one Argon2id hash costs: whoever guesses passwords pays it for every guess.
 *
 * <p>Its text form is the one of the hashes themselves (PHC): {@code m=19456,t=2,p=1}.
 *
 * @param memoryKib 8 for each lane to 1 GiB
 * @param iterations 1 to 100
 * @param lanes 1 to 16
 */
public record HashCost(int memoryKib, int iterations, int lanes) {

  private static final int MEMORY_KIB_MIN_PER_LANE = 8; // Argon2 itself takes no less.
  private static final int MEMORY_KIB_MAX = 1024 * 1024;
  private static final int ITERATIONS_MAX = 100;
  private static final int LANES_MAX = 16;
  private static final Pattern FORM = Pattern.compile("m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})");

  /** Throws {@link IllegalArgumentException} when a number is out of its range. */
  public HashCost {
    if (lanes < 1
        || lanes > LANES_MAX
        || iterations < 1
        || iterations > ITERATIONS_MAX
        || memoryKib < MEMORY_KIB_MIN_PER_LANE * lanes
        || memoryKib > MEMORY_KIB_MAX) {
      throw new IllegalArgumentException(
          "A hash cost has m of 8 * p to 1048576 (KiB), t of 1 to 100 and p of 1 to 16");
    }
  }

  /** Reads the text form; throws {@link IllegalArgumentException} when it is not one. */
  public static HashCost parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("A hash cost is written as m=19456,t=2,p=1");
    }
    return new HashCost(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  @Override
  public String toString() {
    return "m=" + memoryKib + ",t=" + iterations + ",p=" + lanes;
  }
}
