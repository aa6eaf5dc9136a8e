package parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final ConversationId.Direct TALK = ConversationId.between(ANN, BOB);
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123Z");

  @Test
  void its_text_never_changes() {
    var id = MessageId.next(MessageId.first(TALK), NOW, TALK, BOB);

    assertThat(id).hasToString("01M83XJ8BV000YS02XEYJJR9QT");
    assertThat(id.saidAt()).isEqualTo(NOW);
    assertThat(id.conversation()).isEqualTo(TALK.hash());
  }

  @Test
  void text_sorts_as_the_bits_do_and_reads_back() {
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      var one = new MessageId(random.nextLong(), random.nextLong());
      var other = new MessageId(random.nextLong(), random.nextLong());

      assertThat(MessageId.parse(one.toString())).isEqualTo(one);
      assertThat(Integer.signum(one.toString().compareTo(other.toString())))
          .isEqualTo(one.compareTo(other));
    }
  }

  @Test
  void each_is_after_the_one_before_even_when_the_clock_stands_or_goes_back() {
    var id = MessageId.next(MessageId.first(TALK), NOW, TALK, ANN);
    for (int i = 0; i < 100_000; i++) {
      var next = MessageId.next(id, NOW.minusSeconds(i), TALK, i % 3 == 0 ? ANN : BOB);
      assertThat(next.isAfter(id)).isTrue();
      id = next;
    }
  }

  @Test
  void two_who_write_at_once_draw_different_ids() {
    var seen = MessageId.next(MessageId.first(TALK), NOW, TALK, ANN);

    var anns = MessageId.next(seen, NOW, TALK, ANN);
    var bobs = MessageId.next(seen, NOW, TALK, BOB);

    assertThat(anns).isNotEqualTo(bobs);
    assertThat(MessageId.next(bobs, NOW, TALK, ANN).isAfter(bobs)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "0123456789abcdefghjkmnpqrs",
        "01KATVNQ9V000G2AKSR10BYY9U",
        "01KATVNQ9V000G2AKSR10BYY9H0"
      })
  void other_text_is_refused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> MessageId.parse(text));
  }
}
