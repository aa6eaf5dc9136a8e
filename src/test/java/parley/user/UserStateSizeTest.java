package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.ANN;
import static parley.user.UserFixture.NOW;
import static parley.user.UserFixture.SETTINGS;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Delivery;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;

/** However much a user was sent: what their actor remembers stays small. */
class UserStateSizeTest {

  private static final int MESSAGES = 1_000_000;
  private static final int CONVERSATIONS = 50;

  private final Random random = new Random(7);
  private final List<ConversationId> talks =
      IntStream.range(0, CONVERSATIONS)
          .<ConversationId>mapToObj(i -> ConversationId.between(ANN, new UserId("friend-" + i)))
          .toList();
  private final long[] sequences = new long[CONVERSATIONS];
  private UserState state = UserState.empty(ANN, SETTINGS).begun();

  /** A message from a friend, and the talk goes on between the two of them for a while. */
  private void receiveAll(int stretch) {
    int friend = 0;
    for (int pos = 1; pos <= MESSAGES; pos++) {
      friend = pos % stretch == 0 ? random.nextInt(CONVERSATIONS) : friend;
      state = state.on(received(pos, friend));
    }
  }

  private UserEvent received(int pos, int friend) {
    var talk = (ConversationId.Direct) talks.get(friend);
    var at = NOW.plusMillis(pos);
    var id = MessageId.next(MessageId.first(talk), at, talk, talk.other(ANN));
    var message =
        new Message(
            id, talk, talk.other(ANN), new ClientId("c"), new Content.Text("hi"), Optional.empty());
    var delivery = new Delivery(ANN, ++sequences[friend], message);
    return new UserEvent.Received(pos, List.of(delivery), at);
  }

  private static int sizeBytes(UserSnapshot snapshot) throws Exception {
    var cbor =
        CBORMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();
    return cbor.writeValueAsBytes(snapshot).length;
  }

  private void check(int bytesMax) throws Exception {
    var snapshot = state.toSnapshot();
    assertThat(sizeBytes(snapshot)).isLessThan(bytesMax);

    var restored = new UserState(ANN, SETTINGS, snapshot);
    assertThat(restored.mailbox().latest()).isEqualTo(MESSAGES);
    assertThat(restored.toSnapshot()).usingRecursiveComparison().isEqualTo(snapshot);
    var page = restored.conversations().unread(MESSAGES - 100, 500);
    assertThat(page).hasSize(100);
    assertThat(restored.mailbox().excerpt(page).older()).hasSizeLessThan(3);
  }

  @Test
  void a_million_unread_messages_in_fifty_talks_of_some_length_take_less_than_a_megabyte()
      throws Exception {
    receiveAll(20);

    assertThat(state.conversations().unread(0, 500)).hasSize(500);
    check(1_000_000);
  }

  @Test
  void a_million_messages_in_any_order_read_but_for_the_last_take_less_than_a_megabyte()
      throws Exception {
    receiveAll(1);
    for (int i = 0; i < CONVERSATIONS; i++) {
      var talk = (ConversationId.Direct) talks.get(i);
      var id = MessageId.next(MessageId.first(talk), NOW, talk, talk.other(ANN));
      state.conversations().open(talk).readUpTo(id, MESSAGES - 100_000);
    }

    check(1_000_000);
  }

  @Test
  void a_million_unread_messages_in_any_order_take_little_more_than_two_bytes_each()
      throws Exception {
    receiveAll(1);

    check(2_300_000);
  }
}
