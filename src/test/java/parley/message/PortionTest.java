package parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PortionTest {

  private static List<Integer> first(int entriesMax, Integer... sizes) {
    return Portion.first(List.of(sizes), size -> size, entriesMax);
  }

  @Test
  void it_has_as_many_as_it_may() {
    assertThat(first(2, 1, 2, 3)).containsExactly(1, 2);
    assertThat(first(5, 1, 2, 3)).containsExactly(1, 2, 3);
    assertThat(first(5)).isEmpty();
  }

  @Test
  void it_ends_before_it_is_too_large() {
    assertThat(first(9, Portion.BYTES_MAX - 1, 1, 1)).hasSize(2);
    assertThat(first(9, 1, Portion.BYTES_MAX)).hasSize(1);
  }

  @Test
  void one_is_in_it_however_large() {
    assertThat(first(9, Portion.BYTES_MAX + 1, 1)).containsExactly(Portion.BYTES_MAX + 1);
  }
}
