package parley.archive;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import parley.message.Archived;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Message;
import parley.message.MessageId;
import parley.message.UserId;

class PageReadTest {

  private static final UserId ANN = new UserId("ann");
  private static final ConversationId ANN_BEN = ConversationId.between(ANN, new UserId("ben"));
  private static final Instant START = Instant.parse("2016-01-02T03:04:05.678Z");
  private static final Comparator<Partition> BY_TIME = Comparator.comparingInt(Partition::bucket);

  private final TreeMap<Partition, List<Archived>> stored = new TreeMap<>(BY_TIME);
  private final List<PageRead.Stretch> read = new ArrayList<>();
  private int indexReads;

  /** Stores one message every so often; the newest comes last. */
  private List<Archived> store(int count, Duration pause) {
    var all = new ArrayList<Archived>();
    for (int number = 0; number < count; number++) {
      var at = START.plus(pause.multipliedBy(number));
      var id = MessageId.next(MessageId.first(ANN_BEN), at, ANN_BEN, ANN);
      var content = new Content.Text("text " + number);
      var archived =
          Archived.of(
              new Message(id, ANN_BEN, ANN, new ClientId("c" + number), content, Optional.empty()));
      stored.computeIfAbsent(Partition.of(id), partition -> new ArrayList<>()).add(archived);
      all.add(archived);
    }
    return all;
  }

  private CompletionStage<List<Partition>> buckets(Partition last) {
    indexReads++;
    return completedStage(
        stored.headMap(last, true).descendingKeySet().stream()
            .limit(BucketIndex.READ_MAX)
            .toList());
  }

  private CompletionStage<List<Archived>> read(PageRead.Stretch stretch) {
    read.add(stretch);
    return completedStage(
        stored.get(stretch.partition()).reversed().stream()
            .filter(it -> it.message().id().clock() <= stretch.clockMax())
            .limit(stretch.limit())
            .toList());
  }

  private List<Archived> page(MessageId before, int limit) {
    var wanted = new PageRead.Wanted(ANN_BEN, before, limit);
    return new PageRead(this::buckets, this::read, wanted).run().toCompletableFuture().join();
  }

  @Test
  void a_page_out_of_one_week_reads_that_week_alone() {
    var all = store(1000, Duration.ofHours(1));

    assertThat(page(MessageId.last(ANN_BEN), 20)).isEqualTo(all.subList(980, 1000).reversed());
    assertThat(read).hasSize(1);
  }

  @Test
  void weeks_without_messages_are_not_read() {
    var all = store(20, Duration.ofDays(100));

    assertThat(page(MessageId.last(ANN_BEN), 50)).isEqualTo(all.reversed());
    assertThat(read).hasSize(20);
    assertThat(indexReads).isEqualTo(1);
  }

  @Test
  void the_message_that_a_page_is_before_is_not_in_it() {
    var all = store(30, Duration.ofDays(2));

    assertThat(page(all.get(17).message().id(), 5)).isEqualTo(all.subList(12, 17).reversed());
  }

  @Test
  void more_weeks_than_the_index_is_read_by_at_a_time_lead_to_the_very_first_message() {
    var all = store(200, Duration.ofDays(8));

    assertThat(page(MessageId.last(ANN_BEN), 500)).isEqualTo(all.reversed());
    assertThat(read).hasSize(200);
    assertThat(indexReads).isEqualTo(4);
  }

  @Test
  void as_many_weeks_are_read_at_once_as_the_page_is_likely_to_need() {
    store(400, Duration.ofDays(1));

    page(MessageId.last(ANN_BEN), 20);

    // The newest week has one message, so the page may need nineteen more: eight at a time.
    assertThat(read).hasSizeLessThanOrEqualTo(1 + 8);
  }

  @Test
  void a_conversation_without_messages_has_an_empty_page() {
    assertThat(page(MessageId.last(ANN_BEN), 50)).isEmpty();
    assertThat(read).isEmpty();
  }
}
