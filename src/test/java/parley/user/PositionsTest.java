package parley.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class PositionsTest {

  private static final long LAST = 0xFFFF_FFFFL;

  @Test
  void positions_of_all_sets_come_in_one_order() {
    var sets =
        List.of(
            RoaringBitmap.bitmapOf(1, 5, 70_000),
            RoaringBitmap.bitmapOf(),
            RoaringBitmap.bitmapOf(2, 3, 70_001));

    assertThat(Positions.after(0, 10, sets)).containsExactly(1L, 2L, 3L, 5L, 70_000L, 70_001L);
    assertThat(Positions.after(2, 2, sets)).containsExactly(3L, 5L);
    assertThat(Positions.after(70_001, 2, sets)).isEmpty();
  }

  @Test
  void positions_beyond_two_to_the_31_keep_their_order() {
    var sets = List.of(RoaringBitmap.bitmapOf(1, (int) LAST), RoaringBitmap.bitmapOf(1 << 31));

    assertThat(Positions.after(1, 10, sets)).containsExactly(1L << 31, LAST);
    assertThat(Positions.first(sets.getLast())).isEqualTo(1L << 31);
  }

  @Test
  void what_is_asked_out_of_bounds_is_brought_within() {
    var sets = List.of(RoaringBitmap.bitmapOf(1, (int) LAST));

    assertThat(Positions.after(-7, 10, sets)).containsExactly(1L, LAST);
    assertThat(Positions.after(LAST - 1, 10, sets)).containsExactly(LAST);
    assertThat(Positions.after(LAST, 10, sets)).isEmpty();
    assertThat(Positions.after(Long.MAX_VALUE, 10, sets)).isEmpty();
  }
}
