package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.fromBob;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.MessageId;

class WatermarksTest {

  private static final MessageId ONE = fromBob(1).id();
  private static final MessageId TWO = fromBob(2).id();

  @Test
  void they_only_move_forward() {
    var at = Watermarks.NONE.deliveredUpTo(TWO);

    assertThat(at.deliveredUpTo(ONE)).isEqualTo(at);
    assertThat(at.readUpTo(ONE)).isEqualTo(new Watermarks(Optional.of(TWO), Optional.of(ONE)));
    assertThat(at.with(Watermarks.NONE.readUpTo(ONE)).delivered()).contains(TWO);
    assertThat(Watermarks.NONE.with(at)).isEqualTo(at);
  }

  @Test
  void what_was_read_was_delivered() {
    assertThat(Watermarks.NONE.readUpTo(TWO).delivered()).contains(TWO);
  }

  @Test
  void a_message_is_sent_then_delivered_then_read() {
    var at = Watermarks.NONE.deliveredUpTo(TWO).readUpTo(ONE);

    assertThat(at.statusOf(ONE)).isEqualTo(UserReply.Status.READ);
    assertThat(at.statusOf(TWO)).isEqualTo(UserReply.Status.DELIVERED);
    assertThat(at.statusOf(fromBob(3).id())).isEqualTo(UserReply.Status.SENT);
  }
}
