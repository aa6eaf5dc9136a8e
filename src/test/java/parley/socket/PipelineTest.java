package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;
import parley.user.Draft;

class PipelineTest {

  private static final UserId ANN = new UserId("ann");
  private static final ConversationId TALK = ConversationId.between(ANN, new UserId("bob"));

  private final Pipeline pipeline = new Pipeline(3, 100);

  private static Draft draft(String clientId, String text) {
    return new Draft(new ClientId(clientId), TALK, new Content.Text(text), Optional.empty());
  }

  private static Message message(String clientId, String text) {
    var id = MessageId.next(MessageId.first(TALK), Instant.EPOCH, TALK, ANN);
    return new Message(
        id, TALK, ANN, new ClientId(clientId), new Content.Text(text), Optional.empty());
  }

  @Test
  void what_comes_while_a_batch_is_in_flight_makes_the_next_one() {
    pipeline.add(draft("a", "1"));
    assertThat(pipeline.next()).containsExactly(draft("a", "1"));
    pipeline.add(draft("b", "2"));
    pipeline.add(draft("c", "3"));

    assertThat(pipeline.next()).isEmpty();
    assertThat(pipeline.answered(new ClientId("a"))).isTrue();
    assertThat(pipeline.answered(new ClientId("a"))).isFalse();
    assertThat(pipeline.next()).containsExactly(draft("b", "2"), draft("c", "3"));
  }

  @Test
  void a_batch_has_no_client_id_twice() {
    pipeline.add(draft("a", "1"));
    pipeline.add(draft("b", "2"));
    pipeline.add(draft("a", "1"));

    assertThat(pipeline.next()).containsExactly(draft("a", "1"), draft("b", "2"));
    pipeline.answered(new ClientId("a"));
    pipeline.answered(new ClientId("b"));
    assertThat(pipeline.next()).containsExactly(draft("a", "1"));
    pipeline.answered(new ClientId("a"));
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void a_batch_ends_before_it_says_too_much_for_one_message_between_nodes() {
    var wide = new Pipeline(256, 1024 * 1024);
    for (int i = 0; i < 6; i++) {
      wide.add(draft("c" + i, "x".repeat(Content.SIZE_BYTES_MAX)));
    }

    assertThat(wide.next()).hasSize(4);
    for (int i = 0; i < 4; i++) {
      wide.answered(new ClientId("c" + i));
    }
    assertThat(wide.next()).hasSize(2);
  }

  @Test
  void it_is_full_by_number_or_by_bytes() {
    pipeline.add(draft("a", "1"));
    pipeline.add(draft("b", "1"));
    assertThat(pipeline.isFull()).isFalse();
    pipeline.add(draft("c", "1"));
    assertThat(pipeline.isFull()).isTrue();
    assertThat(pipeline.next()).hasSize(3);
    assertThat(pipeline.isFull()).isFalse();

    pipeline.add(draft("d", "x".repeat(100)));
    assertThat(pipeline.isFull()).isTrue();
  }

  @Test
  void what_is_given_up_is_given_up_in_order_with_all_behind_it() {
    pipeline.add(draft("a", "1"));
    pipeline.next();
    pipeline.add(draft("b", "2"));

    assertThat(pipeline.dropAll()).containsExactly(draft("a", "1"), draft("b", "2"));
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void only_the_very_message_in_flight_is_its_own() {
    pipeline.add(draft("a", "1"));
    assertThat(pipeline.isOwn(message("a", "1"))).isFalse();
    pipeline.next();

    assertThat(pipeline.isOwn(message("a", "1"))).isTrue();
    assertThat(pipeline.isOwn(message("a", "other"))).isFalse();
    assertThat(pipeline.isOwn(message("b", "1"))).isFalse();
  }

  @Test
  void what_is_journaled_goes_out_again_ahead_of_what_waits() {
    pipeline.add(draft("a", "1"));
    pipeline.add(draft("b", "2"));
    pipeline.next();
    pipeline.add(draft("c", "3"));
    pipeline.withhold(new ClientId("a"));

    assertThat(pipeline.askAgain(new ClientId("a"))).isTrue();
    assertThat(pipeline.askAgain(new ClientId("b"))).isFalse();
    assertThat(pipeline.askAgain(new ClientId("a"))).isFalse();
    assertThat(pipeline.answered(new ClientId("b"))).isTrue();
    assertThat(pipeline.next()).containsExactly(draft("a", "1"), draft("c", "3"));
  }

  @Test
  void what_is_journaled_fills_it_and_is_only_given_up_with_everything() {
    pipeline.add(draft("a", "1"));
    pipeline.add(draft("b", "2"));
    pipeline.next();
    pipeline.withhold(new ClientId("a"));
    pipeline.add(draft("c", "3"));

    assertThat(pipeline.dropUnknown()).containsExactly(draft("b", "2"), draft("c", "3"));
    assertThat(pipeline.isIdle()).isFalse();
    pipeline.add(draft("d", "4"));
    pipeline.add(draft("e", "5"));
    assertThat(pipeline.isFull()).isTrue();
    assertThat(pipeline.dropAll())
        .containsExactlyInAnyOrder(draft("a", "1"), draft("d", "4"), draft("e", "5"));
    assertThat(pipeline.isIdle()).isTrue();
  }

  @Test
  void a_position_that_was_answered_ahead_is_known_until_the_stream_has_come_to_it() {
    pipeline.answerAhead(9);

    assertThat(pipeline.isAnsweredAhead(9)).isTrue();
    assertThat(pipeline.takeAnsweredAhead(9)).isTrue();
    assertThat(pipeline.takeAnsweredAhead(9)).isFalse();
  }
}
