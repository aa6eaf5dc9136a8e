package parley.user;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.stream.javadsl.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.Delivery;
import parley.message.Message;
import parley.message.Positioned;

class MailboxReaderTest {

  private static final ActorTestKit KIT = ActorTestKit.create(UserFixture.CONFIG);

  private final List<EventEnvelope> journal = new ArrayList<>();
  private final AtomicInteger eventsRead = new AtomicInteger();
  private final MailboxReader reader = new MailboxReader(this::read, KIT.system());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private Source<EventEnvelope, NotUsed> read(String id, long from, long to) {
    return Source.from(List.copyOf(journal))
        .filter(event -> event.sequenceNr() >= from && event.sequenceNr() <= to)
        .wireTap(event -> eventsRead.incrementAndGet());
  }

  /** The entry at the position, of 100 bytes that say which writer it is of. */
  private static Positioned entry(long pos, char writer) {
    var said = UserFixture.fromBob(pos);
    var text = new Content.Text(String.valueOf(writer).repeat(100));
    return new Positioned(
        pos,
        new Message(
            said.id(),
            said.conversation(),
            said.from(),
            new ClientId("c"),
            text,
            Optional.empty()));
  }

  /** An event with the entries at those positions. */
  private void journal(long sequence, char writer, long... positions) {
    var deliveries =
        LongStream.of(positions)
            .mapToObj(pos -> new Delivery(UserFixture.ANN, pos, entry(pos, writer).entry()))
            .toList();
    var event = new UserEvent.Received(positions[0], deliveries, Instant.EPOCH);
    journal.add(new EventEnvelope(Offset.sequence(sequence), "user|ann", sequence, event, 0));
  }

  private static Excerpt excerpt(long from, long to, long first, long last) {
    var positions = LongStream.rangeClosed(first, last).boxed().toList();
    return new Excerpt(
        UserFixture.ANN, List.of(new Excerpt.JournalRange(from, to, positions)), List.of());
  }

  private Piece piece(Excerpt excerpt, long bytesMax) throws Exception {
    return reader.piece(excerpt, bytesMax).toCompletableFuture().get(10, SECONDS);
  }

  private static List<Long> positions(List<Positioned> entries) {
    return entries.stream().map(Positioned::pos).toList();
  }

  @Test
  void a_piece_has_what_fits_and_says_where_it_ended() throws Exception {
    LongStream.rangeClosed(1, 50).forEach(n -> journal(n + 10, 'a', n));

    var piece = piece(excerpt(11, 99, 1, 50), 350);

    assertThat(positions(piece.entries())).containsExactly(1L, 2L, 3L);
    assertThat(piece.sequence()).isEqualTo(13);
  }

  @Test
  void a_piece_has_one_entry_at_least() throws Exception {
    LongStream.rangeClosed(1, 5).forEach(n -> journal(n, 'a', n));

    assertThat(positions(piece(excerpt(1, 99, 2, 5), 1).entries())).containsExactly(2L);
  }

  @Test
  void every_piece_starts_with_its_own_bytes() throws Exception {
    LongStream.rangeClosed(1, 5).forEach(n -> journal(n, 'a', n));

    for (int again = 0; again < 3; again++) {
      assertThat(piece(excerpt(1, 99, 1, 5), 200).entries()).hasSize(2);
    }
  }

  @Test
  void pieces_follow_each_other_without_a_gap_and_read_hardly_any_event_twice() throws Exception {
    LongStream.rangeClosed(1, 100).forEach(n -> journal(n, 'a', 2 * n - 1, 2 * n));

    var taken = new ArrayList<Long>();
    long sequence = 0;
    while (taken.size() < 200) {
      var rest = excerpt(1, Long.MAX_VALUE, taken.size() + 1, 200);
      var piece = piece(rest.goingOnAt(sequence), 500);
      taken.addAll(positions(piece.entries()));
      sequence = piece.next(taken.getLast(), sequence);
    }

    assertThat(taken).isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
    // 40 pieces: each reads its two or three events, and a few more ahead.
    assertThat(eventsRead.get()).isLessThan(40 * 8);
  }

  @Test
  void entries_at_hand_count_as_well() throws Exception {
    LongStream.rangeClosed(1, 2).forEach(n -> journal(n, 'a', n));
    var older = excerpt(1, 9, 1, 2).older();
    var recent = List.of(entry(3, 'a'), entry(4, 'a'));

    var piece = piece(new Excerpt(UserFixture.ANN, older, recent), 300);

    assertThat(positions(piece.entries())).containsExactly(1L, 2L, 3L);
    assertThat(piece.sequence()).isZero();
  }

  @Test
  void a_reader_that_has_not_taken_all_does_not_go_on_behind_it() throws Exception {
    LongStream.rangeClosed(1, 5).forEach(n -> journal(n + 10, 'a', n));
    var piece = piece(excerpt(11, 99, 1, 5), 1000);

    assertThat(piece.next(5, 3)).isEqualTo(15);
    assertThat(piece.next(4, 3)).isEqualTo(3);
  }

  @Test
  void of_two_events_with_one_number_the_later_counts() throws Exception {
    journal(1, 'a', 1);
    journal(2, 'a', 2, 3);
    journal(2, 'b', 2);
    journal(3, 'b', 3);
    journal(4, 'a', 4);
    journal(4, 'b', 4);

    assertThat(piece(excerpt(1, Long.MAX_VALUE, 1, 4), 10_000).entries())
        .containsExactly(entry(1, 'a'), entry(2, 'b'), entry(3, 'b'), entry(4, 'b'));
    assertThat(piece(excerpt(1, 2, 1, 2), 10_000).entries())
        .containsExactly(entry(1, 'a'), entry(2, 'b'));
  }
}
