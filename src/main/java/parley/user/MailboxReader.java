package parley.user;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.typed.PersistenceId;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import parley.message.Positioned;
import parley.message.UserId;

/** Reads a mailbox back from the journal, without its actor. */
public final class MailboxReader {

  private final CurrentEventsByPersistenceIdQuery journal;
  private final Materializer materializer;

  /** A reader of the journal that the node writes. */
  public MailboxReader(CurrentEventsByPersistenceIdQuery journal, ActorSystem<?> system) {
    this.journal = journal;
    this.materializer = Materializer.matFromSystem(system);
  }

  /** All entries of the excerpt, ascending. Fails when the journal does. */
  public CompletionStage<List<Positioned>> entries(Excerpt excerpt) {
    return Source.from(excerpt.older())
        .flatMapConcat(range -> entries(excerpt.user(), range))
        .concat(Source.from(excerpt.recent()))
        .runWith(Sink.seq(), materializer);
  }

  private Source<Positioned, NotUsed> entries(UserId user, Excerpt.JournalRange range) {
    var wanted = new HashSet<>(range.positions());
    return entries(user, range.from(), range.to())
        .filter(entry -> wanted.contains(entry.pos()))
        .take(wanted.size());
  }

  /** The first fitting entry from that journal sequence number on. Fails when the journal does. */
  CompletionStage<Optional<Positioned>> find(UserId user, long from, Predicate<Positioned> fits) {
    return entries(user, from, Long.MAX_VALUE)
        .filter(fits::test)
        .runWith(Sink.headOption(), materializer);
  }

  private Source<Positioned, NotUsed> entries(UserId user, long from, long to) {
    return journal
        .currentEventsByPersistenceId(persistenceId(user).id(), from, to)
        .mapConcat(envelope -> ((UserEvent) envelope.event()).entries());
  }

  /** The name of a user's journal. */
  static PersistenceId persistenceId(UserId user) {
    return PersistenceId.of("user", user.value());
  }
}
