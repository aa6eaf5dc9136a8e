package parley.media.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.assertj.core.data.Offset;

/** Looks at pictures whose quarters have one colour each. */
final class Quarters {

  private Quarters() {}

  static int at(BufferedImage image, int column, int row) {
    return image.getRGB(
        image.getWidth() * (1 + 2 * column) / 4, image.getHeight() * (1 + 2 * row) / 4);
  }

  static void assertQuarters(BufferedImage image, int... colours) {
    for (int i = 0; i < colours.length; i++) {
      int found = at(image, i % 2, i / 2);
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(found >> shift & 0xFF)
            .as("quarter %d of %08X", i, found)
            .isCloseTo(colours[i] >> shift & 0xFF, Offset.offset(12));
      }
    }
  }
}
