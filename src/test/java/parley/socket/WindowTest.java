package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.Receipt;
import parley.message.UserId;

class WindowTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BOB = new UserId("bob");
  private static final ConversationId TALK = ConversationId.between(ANN, BOB);

  private final Window window = new Window(4, ANN);

  private static MessageId id(int millis) {
    return MessageId.next(MessageId.first(TALK), Instant.ofEpochMilli(millis), TALK, BOB);
  }

  private static Positioned said(long pos, UserId from) {
    var content = new Content.Text("hi");
    var message =
        new Message(id((int) pos), TALK, from, new ClientId("c"), content, Optional.empty());
    return new Positioned(pos, message);
  }

  @Test
  void what_is_sent_takes_room_until_it_is_acknowledged() {
    for (long pos = 1; pos <= 4; pos++) {
      window.add(said(pos, BOB));
    }
    assertThat(window.room()).isZero();

    window.acknowledge(3);

    assertThat(window.room()).isEqualTo(3);
  }

  @Test
  void an_acknowledgement_tells_the_last_message_received_in_each_conversation() {
    window.add(said(1, BOB));
    window.add(said(2, BOB));
    window.add(said(3, ANN));
    window.add(new Positioned(4, new Receipt(TALK, BOB, Optional.of(id(3)), Optional.empty())));

    assertThat(window.acknowledge(4)).containsOnly(Map.entry(TALK, id(2)));
    assertThat(window.acknowledge(4)).isEmpty();
  }

  @Test
  void an_entry_told_late_keeps_its_place() {
    window.add(said(2, BOB));
    window.add(said(1, BOB));

    assertThat(window.acknowledge(1)).containsValue(id(1));
    assertThat(window.room()).isEqualTo(3);
  }
}
