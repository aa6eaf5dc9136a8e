package parley.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Receipt;
import parley.message.UserId;

class OutboxTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final Receipt RECEIPT =
      new Receipt(ConversationId.between(ANN, BOB), ANN, Optional.empty(), Optional.empty());

  private final Outbox outbox = new Outbox(0, List.of());

  private void add(int entries) {
    for (int i = 0; i < entries; i++) {
      outbox.add(RECEIPT, Optional.of(new Delivery(BOB, outbox.last() + 1, RECEIPT)));
    }
  }

  @Test
  void a_batch_is_what_comes_after_the_last_one() {
    add(10);

    var batch = outbox.batch(3, 4);

    assertThat(batch.deliveries()).extracting(Delivery::sequence).containsExactly(4L, 5L, 6L, 7L);
    assertThat(batch.upTo()).isEqualTo(7);
  }

  @Test
  void a_batch_ends_before_it_says_too_much_for_one_message_between_nodes() {
    for (int i = 0; i < 10; i++) {
      outbox.add(longest(), Optional.empty());
    }

    assertThat(outbox.batch(0, 256).messages()).hasSize(4);
    assertThat(outbox.batch(4, 256).upTo()).isEqualTo(8);
  }

  private static Message longest() {
    var talk = ConversationId.between(ANN, BOB);
    return new Message(
        MessageId.first(talk),
        talk,
        ANN,
        new ClientId("c"),
        new Content.Text("x".repeat(Content.SIZE_BYTES_MAX)),
        Optional.empty());
  }

  @Test
  void an_empty_outbox_has_no_batch() {
    add(3);

    assertThat(outbox.batch(3, 4).hasNone()).isTrue();
    assertThat(outbox.size(3)).isZero();
  }

  @Test
  void what_is_handed_over_leaves() {
    add(10);

    outbox.handedOver(4);

    assertThat(outbox.pending()).hasSize(6);
    assertThat(outbox.size(0)).isEqualTo(6);
    assertThat(outbox.size(8)).isEqualTo(2);
  }

  @Test
  void numbers_go_on_after_a_restart() {
    add(10);
    outbox.handedOver(9);

    var restored = new Outbox(outbox.last(), outbox.pending());
    restored.add(RECEIPT, Optional.empty());

    assertThat(restored.pending()).extracting(Outbox.Parcel::number).containsExactly(10L, 11L);
    assertThat(new Outbox(10, List.of()).size(0)).isZero();
  }
}
