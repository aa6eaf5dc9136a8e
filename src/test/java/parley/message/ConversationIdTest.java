package parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationIdTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");

  @Test
  void both_sides_name_it_the_same() {
    assertThat(ConversationId.between(ANN, BOB)).isEqualTo(ConversationId.between(BOB, ANN));
    assertThat(ConversationId.between(BOB, ANN)).hasToString("direct:ann:bob");
    assertThat(ConversationId.parse("direct:ann:bob")).isEqualTo(ConversationId.between(ANN, BOB));
  }

  @Test
  void it_concerns_the_two_and_nobody_else() {
    var talk = ConversationId.between(ANN, BOB);

    assertThat(talk.concerns(ANN)).isTrue();
    assertThat(talk.concerns(BOB)).isTrue();
    assertThat(talk.concerns(new UserId("eve"))).isFalse();
    assertThat(talk.other(ANN)).isEqualTo(BOB);
  }

  @Test
  void its_hash_never_changes() {
    assertThat(ConversationId.parse("direct:ann:bob").hash()).isEqualTo(-1405020315285969158L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ann", "direct:ann", "direct:bob:ann", "direct:Ann:bob", "room:ann:bob"})
  void other_text_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ConversationId.parse(text));
  }
}
