package parley.media.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.media.processing.Shrinking.Size;

class ShrinkingTest {

  private static final int WHITE = 0xFFFFFFFF;
  private static final int BLACK = 0xFF000000;

  @ParameterizedTest
  @CsvSource({
    "4000, 3000, 2048, 2048, 1536",
    "3000, 4000, 800, 600, 800",
    "100, 50, 800, 100, 50",
    "10000, 1, 320, 320, 1"
  })
  void the_shape_is_kept_and_nothing_grows(
      int width, int height, int max, int toWidth, int toHeight) {
    assertThat(Shrinking.fit(width, height, max)).isEqualTo(new Size(toWidth, toHeight));
  }

  @Test
  void a_pixel_is_the_mean_of_its_area() {
    var board = new int[] {WHITE, BLACK, WHITE, BLACK, BLACK, WHITE, BLACK, WHITE};

    var picture = shrink(new Size(4, 2), new Size(2, 1), board);

    assertThat(picture.argb()).containsExactly(0xFF808080, 0xFF808080);
  }

  @Test
  void a_pixel_on_a_border_counts_on_both_sides() {
    var picture = shrink(new Size(3, 1), new Size(2, 1), new int[] {WHITE, BLACK, BLACK});

    assertThat(picture.argb()).containsExactly(0xFFAAAAAA, BLACK);
  }

  @Test
  void rows_on_a_border_count_on_both_sides() {
    var picture = shrink(new Size(1, 3), new Size(1, 2), new int[] {WHITE, BLACK, BLACK});

    assertThat(picture.argb()).containsExactly(0xFFAAAAAA, BLACK);
  }

  @Test
  void the_colour_of_what_is_transparent_does_not_show() {
    var picture = shrink(new Size(2, 1), new Size(1, 1), new int[] {0xFFFF0000, 0x0000FF00});

    assertThat(picture.argb()).containsExactly(0x80FF0000);
    assertThat(picture.opaque()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1000, 7, 33, 3", "7, 1000, 3, 33", "513, 511, 128, 127", "99, 99, 98, 97"})
  void one_colour_stays_that_colour_to_the_last_pixel(
      int width, int height, int toWidth, int toHeight) {
    var argb = new int[width * height];
    Arrays.fill(argb, 0xFF123456);

    var picture = shrink(new Size(width, height), new Size(toWidth, toHeight), argb);

    assertThat(Arrays.stream(picture.argb()).distinct()).containsExactly(0xFF123456);
  }

  @Test
  void nothing_is_enlarged() {
    assertThatThrownBy(() -> Shrinking.of(new Size(2, 2), new Size(3, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Picture shrink(Size from, Size to, int[] argb) {
    return Shrinking.of(from, to)
        .apply((y, row) -> System.arraycopy(argb, y * from.width(), row, 0, from.width()));
  }
}
