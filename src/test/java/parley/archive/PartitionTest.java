package parley.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.message.ConversationId;
import parley.message.MessageId;
import parley.message.UserId;

class PartitionTest {

  private static final UserId ANN = new UserId("ann");
  private static final ConversationId ANN_BEN = ConversationId.between(ANN, new UserId("ben"));

  private static Partition at(String time) {
    var first = MessageId.first(ANN_BEN);
    return Partition.of(MessageId.next(first, Instant.parse(time), ANN_BEN, ANN));
  }

  @Test
  void the_weeks_are_counted_from_1970() {
    assertThat(at("1970-01-07T23:59:59.999Z")).isEqualTo(new Partition(ANN_BEN.hash(), 0));
    assertThat(at("1970-01-08T00:00:00Z")).isEqualTo(new Partition(ANN_BEN.hash(), 1));
    assertThat(at("2026-01-02T03:04:05.678Z").bucket()).isEqualTo(2922);
  }

  @Test
  void the_first_and_the_last_id_have_one_too() {
    assertThat(Partition.of(MessageId.first(ANN_BEN)).bucket()).isZero();
    assertThat(Partition.of(MessageId.last(ANN_BEN)).bucket()).isEqualTo(465_401);
  }
}
