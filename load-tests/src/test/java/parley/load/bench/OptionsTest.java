package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptionsTest {

  private static Options options(String... arguments) {
    return Options.of(arguments);
  }

  @Test
  void a_misspelt_key_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> options("pairs", "user=3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user=3")
        .hasMessageContaining("users=");
  }

  @Test
  void a_word_for_a_number_is_refused() {
    assertThatThrownBy(() -> options("pairs", "users=many").number("users", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("users=");
  }

  @Test
  void each_side_has_the_keys_of_both_and_its_own_over_them() {
    var both = options("paired", "users=20", "config=x.conf", "b.config=y.conf");

    assertThat(both.side("a", "pairs")).hasToString("pairs config=x.conf users=20");
    assertThat(both.side("b", "pairs")).hasToString("pairs config=y.conf users=20");
  }

  @Test
  void a_mode_that_is_none_is_refused_with_those_there_are() {
    assertThatThrownBy(() -> Bench.run(options("gruop")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gruop")
        .hasMessageContaining("group");
  }

  @Test
  void a_curve_gives_each_run_its_own_number() {
    var curve = options("curve", "over=users", "at=10,100");

    assertThat(curve.with("pairs", "users", "10").number("users", 0)).isEqualTo(10);
    assertThat(curve.with("pairs", "users", "10").mode()).isEqualTo("pairs");
  }
}
