package parley.media.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Holds the hashes against those that the npm package thumbhash 0.1.1 makes of the same pixels. */
class ThumbHashTest {

  @Test
  void a_landscape_has_the_hash_of_the_original() {
    assertThat(hash(100, 75, (x, y) -> argb(255, x * 2, y * 3, x * y % 256)))
        .isEqualTo("m+cJLZZxdndwd3d3d2d3d5GAGfiH");
  }

  @Test
  void a_portrait_has_the_hash_of_the_original() {
    assertThat(hash(40, 100, (x, y) -> argb(255, (x * 7 + y * 3) % 256, y * 2 % 256, x * 5)))
        .isEqualTo("WzgKUxRwgHZWZ4eHf4N393k=");
  }

  @Test
  void what_is_transparent_has_the_hash_of_the_original() {
    assertThat(hash(64, 64, (x, y) -> argb((x + y) * 2, x * 4, y * 4, 128)))
        .isEqualTo("owiGHQwnoIewh3p4iKCwCvlocHdwiId4eA==");
  }

  @Test
  void what_is_wholly_transparent_has_the_hash_of_the_original() {
    assertThat(hash(10, 10, (x, y) -> 0)).isEqualTo("AAiCBQAAAAAAAAAAAAAAAAAAAAAAAAAAAA==");
  }

  @Test
  void a_line_has_the_hash_of_the_original() {
    assertThat(hash(100, 1, (x, y) -> argb(255, x, 255 - x, x * 2)))
        .isEqualTo("3cg4Uc6Hh4eIiAh4f4hid/g=");
  }

  @Test
  void one_pixel_has_the_hash_of_the_original() {
    assertThat(hash(1, 1, (x, y) -> argb(255, 10, 200, 30)))
        .isEqualTo("VIoon14I9wiIh4hwj3CI+AiIgIAI94cP");
  }

  @Test
  void a_large_picture_is_not_hashed() {
    assertThatThrownBy(() -> hash(101, 1, (x, y) -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String hash(int width, int height, IntBinaryOperator colour) {
    var argb = new int[width * height];
    for (int i = 0; i < argb.length; i++) {
      argb[i] = colour.applyAsInt(i % width, i / width);
    }
    return ThumbHash.of(Picture.of(width, height, argb));
  }

  private static int argb(int alpha, int red, int green, int blue) {
    return alpha << 24 | red << 16 | green << 8 | blue;
  }
}
