package parley.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.embedded.JournalProbe.event;

import akka.actor.ActorSystem;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.PersistenceQuery;
import akka.stream.javadsl.Sink;
import akka.stream.testkit.javadsl.TestSink;
import akka.testkit.javadsl.TestKit;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedReadJournalTest {

  @TempDir static Path folder;
  private static ActorSystem system;
  private static EmbeddedReadJournal reader;

  @BeforeAll
  static void start() {
    system = ActorSystem.create("query", new StoreFolder(folder).config());
    reader =
        PersistenceQuery.get(system)
            .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER);
    var many = LongStream.rangeClosed(1, 450).mapToObj(n -> event("many", n, "e-" + n)).toList();
    new JournalProbe(system).write(List.of(many));
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  private static List<EventEnvelope> read(String id, long from, long to) throws Exception {
    return reader
        .currentEventsByPersistenceId(id, from, to)
        .runWith(Sink.seq(), system)
        .toCompletableFuture()
        .get(10, SECONDS);
  }

  @Test
  void all_events_come_in_order_and_then_the_end() throws Exception {
    var expected = LongStream.rangeClosed(1, 450).mapToObj(n -> "e-" + n).toList();

    assertThat(read("many", 0, Long.MAX_VALUE))
        .extracting(envelope -> (String) envelope.event())
        .isEqualTo(expected);
  }

  @Test
  void both_ends_of_the_range_belong_to_it() throws Exception {
    assertThat(read("many", 199, 203))
        .extracting(EventEnvelope::sequenceNr)
        .containsExactly(199L, 200L, 201L, 202L, 203L);
    assertThat(read("many", 7, 7).getFirst().offset()).isEqualTo(Offset.sequence(7));
    assertThat(read("many", 451, Long.MAX_VALUE)).isEmpty();
    assertThat(read("nobody", 0, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void an_event_is_seen_as_soon_as_it_is_acknowledged() throws Exception {
    var journal = new JournalProbe(system);
    for (long sequence = 1; sequence <= 50; sequence++) {
      journal.write(List.of(List.of(event("fresh", sequence, "f-" + sequence))));
      assertThat(read("fresh", sequence, sequence)).hasSize(1);
    }
  }

  @Test
  void a_slow_reader_gets_what_it_asks_for_and_no_more() {
    var probe =
        reader
            .currentEventsByPersistenceId("many", 1, Long.MAX_VALUE)
            .map(EventEnvelope::sequenceNr)
            .runWith(TestSink.create(system), system);

    probe.request(2).expectNext(1L, 2L);
    probe.request(1).expectNext(3L);
    probe.cancel();
  }

  @Test
  void the_types_for_scala_read_the_same() throws Exception {
    var scala =
        PersistenceQuery.get(system)
            .<EmbeddedReadJournalProvider.ForScala>readJournalFor(EmbeddedReadJournal.IDENTIFIER);

    var events =
        scala.currentEventsByPersistenceId("many", 1, 3).asJava().runWith(Sink.seq(), system);
    assertThat(events.toCompletableFuture().get(10, SECONDS)).hasSize(3);
  }
}
