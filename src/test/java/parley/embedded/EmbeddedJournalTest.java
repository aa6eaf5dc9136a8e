package parley.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.embedded.JournalProbe.event;

import akka.actor.ActorSystem;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of Akka's JournalSpec (akka-persistence-tck 2.8.5), and some of ours. */
class EmbeddedJournalTest {

  private static final long MAX = Long.MAX_VALUE;
  private static final AtomicInteger IDS = new AtomicInteger();

  @TempDir static Path folder;
  private static ActorSystem system;

  private String id;
  private JournalProbe journal;

  @BeforeAll
  static void start() {
    var serializer =
        ConfigFactory.parseString(
            """
            akka.actor {
              serializers.test = "parley.embedded.RefHolder$Serializer"
              serialization-bindings { "parley.embedded.RefHolder" = test }
            }
            """);
    system =
        ActorSystem.create("journal", serializer.withFallback(new StoreFolder(folder).config()));
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  /** Events a-1 to a-5, the last two of them in one atomic write. */
  @BeforeEach
  void write_five_events() {
    id = "p-" + IDS.incrementAndGet();
    journal = new JournalProbe(system);
    assertThat(journal.write(List.of(one(1), one(2), one(3), List.of(a(4), a(5)))))
        .containsExactly(
            "WriteMessagesSuccessful", "stored 1", "stored 2", "stored 3", "stored 4", "stored 5");
  }

  private PersistentRepr a(long sequence) {
    return event(id, sequence, "a-" + sequence);
  }

  private List<PersistentRepr> one(long sequence) {
    return List.of(a(sequence));
  }

  /** What a replay answers: these events, then the highest sequence number. */
  private List<Object> events(long highest, long... sequences) {
    var events = new ArrayList<Object>();
    Arrays.stream(sequences).mapToObj(this::a).forEach(events::add);
    events.add(highest);
    return events;
  }

  @ParameterizedTest
  @CsvSource({
    "1, max, max, 1 2 3 4 5",
    "0, max, max, 1 2 3 4 5",
    "3, max, max, 3 4 5",
    "1, 3, max, 1 2 3",
    "1, max, 3, 1 2 3",
    "2, 3, max, 2 3",
    "2, 5, 2, 2 3",
    "2, 2, max, 2",
    "2, 4, 1, 2",
    "2, 4, 0, ''",
    "3, 2, max, ''"
  })
  void a_replay_keeps_to_its_bounds(String from, String to, String max, String expected) {
    var sequences =
        Stream.of(expected.split(" ")).filter(s -> !s.isEmpty()).mapToLong(Long::parseLong);

    assertThat(journal.replay(id, number(from), number(to), number(max)))
        .isEqualTo(events(5, sequences.toArray()));
  }

  private static long number(String text) {
    return text.equals("max") ? MAX : Long.parseLong(text);
  }

  @Test
  void nothing_is_replayed_for_an_actor_that_has_not_written() {
    assertThat(journal.replay("nobody", 0, MAX, MAX)).isEqualTo(List.of(0L));
  }

  @Test
  void an_id_that_begins_with_another_is_another() {
    journal.write(List.of(List.of(event(id + "0", 1, "b"))));

    assertThat(journal.replay(id, 1, MAX, MAX)).isEqualTo(events(5, 1, 2, 3, 4, 5));
    assertThat(journal.replay(id + "0", 1, MAX, MAX)).hasSize(2);
  }

  @Test
  void deleted_events_are_not_replayed() {
    assertThat(journal.deleteTo(id, 3)).isEqualTo("DeleteMessagesSuccess");

    assertThat(journal.replay(id, 1, MAX, MAX)).isEqualTo(events(5, 4, 5));
    assertThat(journal.deleteTo(id, 2)).isEqualTo("DeleteMessagesSuccess");
    assertThat(journal.replay(id, 1, MAX, MAX)).isEqualTo(events(5, 4, 5));
  }

  @Test
  void the_highest_sequence_survives_the_deletion_of_every_event() {
    assertThat(journal.deleteTo(id, MAX)).isEqualTo("DeleteMessagesSuccess");

    assertThat(journal.replay(id, 0, MAX, MAX)).isEqualTo(List.of(5L));
    journal.write(List.of(one(6)));
    assertThat(journal.replay(id, 0, MAX, MAX)).isEqualTo(events(6, 6));
  }

  @Test
  void the_highest_sequence_is_that_after_all_writes_that_are_under_way() {
    var next = new JournalProbe(system);
    for (long sequence = 6; sequence < 56; sequence++) {
      journal.begin(List.of(one(sequence)));

      assertThat(next.replay(id, 1, MAX, 0)).containsExactly(sequence);
    }
  }

  @Test
  void an_event_that_cannot_be_stored_is_rejected_and_the_others_are_not() {
    var strange = event(id, 7, new Object());

    assertThat(journal.write(List.of(one(6), List.of(strange), one(8))))
        .containsExactly(
            "WriteMessagesSuccessful",
            "stored 6",
            "rejected 7 NotSerializableException",
            "stored 8");
    assertThat(journal.replay(id, 6, MAX, MAX)).isEqualTo(events(8, 6, 8));
  }

  @Test
  void an_atomic_write_with_one_such_event_is_rejected_as_a_whole() {
    journal.write(List.of(List.of(a(6), event(id, 7, new Object()), a(8))));

    assertThat(journal.replay(id, 1, MAX, MAX)).isEqualTo(events(5, 1, 2, 3, 4, 5));
  }

  @Test
  void serializers_learn_the_actor_system() {
    var payload = new RefHolder(new TestKit(system).getRef());
    journal.write(List.of(List.of(event(id, 6, payload))));

    assertThat(journal.replay(id, 6, MAX, MAX)).isEqualTo(List.of(event(id, 6, payload), 6L));
  }

  @Test
  void metadata_timestamp_manifest_and_writer_come_back() {
    var full =
        PersistentRepr.apply("a-6", 6, id, "v2", false, null, "w-2")
            .withTimestamp(1_234_567)
            .withMetadata("meta");
    journal.write(List.of(List.of(full)));

    var read = (PersistentRepr) journal.replay(id, 6, MAX, MAX).getFirst();
    assertThat(read).isEqualTo(full);
    assertThat(read.metadata().get()).isEqualTo("meta");
    assertThat(read.timestamp()).isEqualTo(1_234_567);
    assertThat(read.manifest()).isEqualTo("v2");
    assertThat(read.writerUuid()).isEqualTo("w-2");
  }

  @Test
  void a_long_replay_comes_in_order_from_many_reads() {
    var many = LongStream.rangeClosed(6, 1000).mapToObj(this::a).toList();
    journal.write(List.of(many));

    var all = LongStream.rangeClosed(1, 1000).toArray();
    assertThat(journal.replay(id, 1, MAX, MAX)).isEqualTo(events(1000, all));
    assertThat(journal.replay(id, 1, MAX, 450))
        .isEqualTo(events(1000, LongStream.rangeClosed(1, 450).toArray()));
  }

  @Test
  void of_a_write_that_fails_every_event_is_told(@TempDir Path other) {
    var closed = ActorSystem.create("closed", new StoreFolder(other).config());
    try {
      var probe = new JournalProbe(closed);
      EmbeddedStore.get(closed).close();

      assertThat(probe.write(List.of(one(1), List.of(a(2), a(3)))))
          .containsExactly(
              "WriteMessagesFailed",
              "WriteMessageFailure",
              "WriteMessageFailure",
              "WriteMessageFailure");
    } finally {
      TestKit.shutdownActorSystem(closed);
    }
  }
}
