package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.Positioned;
import parley.message.UserId;

class RecentEntriesTest {

  private static final UserId ANN = new UserId("ann");
  private static final ConversationId.Direct TALK = ConversationId.between(ANN, new UserId("bob"));

  private final RecentEntries recent = new RecentEntries(100, 1_000);

  private static Positioned entry(long pos, int sizeBytes) {
    var id = MessageId.next(MessageId.first(TALK), Instant.ofEpochMilli(pos), TALK, ANN);
    var content = new Content.Text("x".repeat(sizeBytes));
    return new Positioned(
        pos, new Message(id, TALK, ANN, new ClientId("c"), content, Optional.empty()));
  }

  @Test
  void the_first_go_when_there_are_too_many() {
    for (int pos = 1; pos <= 250; pos++) {
      recent.add(entry(pos, 1));
    }

    assertThat(recent.first()).isEqualTo(151);
    assertThat(recent.at(151).pos()).isEqualTo(151);
    assertThat(recent.at(250).pos()).isEqualTo(250);
  }

  @Test
  void the_first_go_when_they_are_too_large() {
    recent.add(entry(1, 600));
    recent.add(entry(2, 300));
    recent.add(entry(3, 300));

    assertThat(recent.first()).isEqualTo(2);
  }

  @Test
  void the_last_stays_however_large() {
    recent.add(entry(1, 5_000));

    assertThat(recent.at(1).pos()).isEqualTo(1);
  }

  @Test
  void the_first_fitting_entry_is_found() {
    recent.startAt(11);
    for (int pos = 11; pos <= 20; pos++) {
      recent.add(entry(pos, 1));
    }

    assertThat(recent.find(1, entry -> entry.pos() % 5 == 0)).hasValue(recent.at(15));
    assertThat(recent.find(16, entry -> entry.pos() % 5 == 0)).hasValue(recent.at(20));
    assertThat(recent.find(1, entry -> entry.pos() == 21)).isEmpty();
  }

  @Test
  void a_gap_is_a_fault() {
    recent.add(entry(1, 1));

    assertThatIllegalStateException().isThrownBy(() -> recent.add(entry(3, 1)));
  }
}
