package parley.user;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.typed.PersistenceId;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import parley.journal.Events;
import parley.message.Positioned;
import parley.message.UserId;

/** Reads a mailbox back from the journal, without its actor. */
public final class MailboxReader {

  private final Events events;
  private final Materializer materializer;

  /** A reader of the journal that the node writes. */
  public MailboxReader(CurrentEventsByPersistenceIdQuery journal, ActorSystem<?> system) {
    this.events = new Events(journal);
    this.materializer = Materializer.matFromSystem(system);
  }

  /** An entry, and the sequence number of the event that it is in; 0: it came from memory. */
  private record Located(Positioned entry, long sequence) {}

  /**
   * The first entries of the excerpt: those that fit into so many bytes of content, at least one;
   * no more events are read than they need. Fails when the journal does.
   */
  public CompletionStage<Piece> piece(Excerpt excerpt, long bytesMax) {
    return Source.fromMaterializer(
            (materializer, attributes) -> {
              var allowance = new Piece.Allowance(bytesMax);
              return located(excerpt).takeWhile(it -> allowance.takes(it.entry()));
            })
        .runWith(Sink.seq(), materializer)
        .thenApply(taken ->
            new Piece(
                taken.stream().map(Located::entry).toList(),
                taken.isEmpty() ? 0 : taken.getLast().sequence()));
  }

  private Source<Located, NotUsed> located(Excerpt excerpt) {
    return Source.from(excerpt.older())
        .flatMapConcat(range -> entries(excerpt.user(), range))
        .concat(Source.from(excerpt.recent()).map(entry -> new Located(entry, 0)));
  }

  private Source<Located, NotUsed> entries(UserId user, Excerpt.JournalRange range) {
    return Source.fromMaterializer(
            (materializer, attributes) -> {
              // Once each: what a writer had given up may be there too, with the same positions.
              var wanted = new HashSet<>(range.positions());
              return entries(user, range.from(), range.to())
                  .filter(located -> wanted.remove(located.entry().pos()))
                  .take(range.positions().size());
            })
        .mapMaterializedValue(done -> NotUsed.getInstance());
  }

  /** The first fitting entry from that journal sequence number on. Fails when the journal does. */
  CompletionStage<Optional<Positioned>> find(UserId user, long from, Predicate<Positioned> fits) {
    return entries(user, from, Long.MAX_VALUE)
        .map(Located::entry)
        .filter(fits::test)
        .runWith(Sink.headOption(), materializer);
  }

  private Source<Located, NotUsed> entries(UserId user, long from, long to) {
    return events
        .of(persistenceId(user).id(), from, to)
        .mapConcat(event ->
            ((UserEvent) event.event())
                .entries().stream().map(it -> new Located(it, event.sequenceNr())).toList());
  }

  /** The name of a user's journal. */
  static PersistenceId persistenceId(UserId user) {
    return PersistenceId.of("user", user.value());
  }
}
