package parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void the_rows_of_an_id_are_one_range_in_order() {
    var keys =
        List.of(
            Keys.of("User|a", 1),
            Keys.of("User|a", 255),
            Keys.of("User|a", 256),
            Keys.of("User|a", Long.MAX_VALUE),
            Keys.of("User|b", 0),
            Keys.of("User|ab", 0),
            Keys.of("User|ab", 5),
            Keys.of("User|a\0\0\0\0\0\0\0\0", 0));

    assertThat(keys).isSortedAccordingTo(Arrays::compareUnsigned);
  }

  @Test
  void a_key_says_its_sequence() {
    assertThat(Keys.sequence(Keys.of("User|ünı", 0x0102030405060708L)))
        .isEqualTo(0x0102030405060708L);
  }

  @Test
  void keys_are_stored_for_good() {
    assertThat(Keys.of("User|a", 258))
        .containsExactly(0, 6, 'U', 's', 'e', 'r', '|', 'a', 0, 0, 0, 0, 0, 0, 1, 2);
    assertThat(Keys.of("b")).containsExactly(0, 1, 'b');
  }
}
