package parley.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashCostTest {

  @Test
  void the_text_form_is_that_of_the_hashes() {
    var cost = HashCost.parse("m=19456,t=2,p=1");

    assertThat(cost).isEqualTo(new HashCost(19456, 2, 1));
    assertThat(cost).hasToString("m=19456,t=2,p=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "19456",
        "m=19456,t=2",
        "m=19456,t=2,p=1,x=1",
        "m=7,t=1,p=1",
        "m=8,t=1,p=2",
        "m=8,t=0,p=1",
        "m=8,t=1,p=0",
        "m=128,t=1,p=17",
        "m=8,t=101,p=1",
        "m=1048577,t=1,p=1",
        "m=99999999999,t=1,p=1",
        "m=-8,t=1,p=1"
      })
  void another_form_or_a_number_out_of_range_is_refused(String text) {
    assertThatThrownBy(() -> HashCost.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
