package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.TALK;
import static parley.user.UserFixture.fromBob;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.Message;
import parley.message.Opaque;
import parley.message.Sealed;

class ConversationTest {

  private final Conversation talk = new Conversation(TALK);

  private void receive(int first, int last) {
    for (int i = first; i <= last; i++) {
      talk.received(fromBob(i).id(), i, i);
    }
  }

  @Test
  void reading_up_to_a_position_beyond_two_to_the_31_leaves_the_rest() {
    long far = 1L << 31;
    talk.received(fromBob(1).id(), far - 1, 1);
    talk.received(fromBob(2).id(), far + 1, 2);
    talk.received(fromBob(3).id(), far + 3, 3);

    talk.readUpTo(fromBob(2).id(), far + 1);

    assertThat(talk.firstUnread()).isEqualTo(far + 3);
    assertThat(talk.isUnread(far + 1)).isFalse();
    assertThat(talk.unreadCount()).isEqualTo(1);
    assertThat(talk.mine().read()).contains(fromBob(2).id());
  }

  @Test
  void reading_out_of_order_moves_the_watermark_once_there_is_no_gap() {
    receive(1, 3);

    talk.read(fromBob(2).id(), 2);
    assertThat(talk.mine()).isEqualTo(Watermarks.NONE);

    talk.read(fromBob(1).id(), 1);
    talk.read(fromBob(3).id(), 3);
    assertThat(talk.mine().read()).contains(fromBob(3).id());
  }

  @Test
  void what_no_device_has_is_undelivered_until_it_is_acknowledged_or_read() {
    assertThat(talk.hasUndelivered()).isFalse();
    receive(1, 2);
    assertThat(talk.hasUndelivered()).isTrue();
    assertThat(talk.acknowledgedUpTo(1, Optional.empty())).isEqualTo(Watermarks.NONE);
    assertThat(talk.acknowledgedUpTo(2, Optional.empty()).delivered()).contains(fromBob(2).id());

    talk.readUpTo(fromBob(2).id(), 2);

    assertThat(talk.hasUndelivered()).isFalse();
  }

  @Test
  void a_receipt_is_due_until_it_was_told() {
    receive(1, 1);
    talk.readUpTo(fromBob(1).id(), 1);
    var receipt = talk.receiptFor(talk.mine(), ANN).orElseThrow();

    talk.receipted(receipt, 1);

    assertThat(receipt.read()).contains(fromBob(1).id());
    assertThat(talk.receiptFor(talk.mine(), ANN)).isEmpty();
    assertThat(talk.sentSequence()).isEqualTo(1);
  }

  @Test
  void it_has_messages_once_one_was_sent_or_received() {
    talk.passed(3);
    assertThat(talk.hasMessages()).isFalse();
    assertThat(talk.receivedSequence()).isEqualTo(3);

    talk.sent(fromBob(1).id(), 1);
    assertThat(talk.hasMessages()).isTrue();
  }

  @Test
  void what_is_stored_comes_back() {
    receive(1, 9);
    talk.readUpTo(fromBob(4).id(), 4);
    talk.sent(fromBob(12).id(), 3);

    var restored = new Conversation(talk.toSnapshot());

    assertThat(restored.toSnapshot()).isEqualTo(talk.toSnapshot());
    assertThat(restored.unreadCount()).isEqualTo(5);
  }

  /** Each is told before it is received, as the state does. */
  private void hear(Message message, int sequence) {
    talk.says(message);
    talk.received(message.id(), sequence, sequence);
  }

  private static Message silent(Message message) {
    return message.saying(
        new Sealed(
            Sealed.Protocol.MLS,
            1,
            Sealed.Kind.REACTION,
            new Opaque("AQID"),
            Optional.empty(),
            List.of()));
  }

  @Test
  void what_people_see_last_is_never_silent_whatever_came_first() {
    hear(fromBob(1), 1);
    hear(silent(fromBob(9)), 2);
    assertThat(talk.shown()).isEqualTo(fromBob(1).id());

    hear(fromBob(5), 3);
    assertThat(talk.shown()).isEqualTo(fromBob(5).id());
    hear(fromBob(4), 4);
    assertThat(talk.shown()).isEqualTo(fromBob(5).id());

    hear(fromBob(10), 5);
    assertThat(talk.shown()).isEqualTo(fromBob(10).id());
    hear(fromBob(8), 6);
    assertThat(talk.shown()).isEqualTo(fromBob(10).id());
  }
}
