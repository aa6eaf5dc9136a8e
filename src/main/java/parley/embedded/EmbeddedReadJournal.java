package parley.embedded;

import akka.NotUsed;
import akka.actor.ActorSystem;
import akka.japi.Pair;
import akka.persistence.PersistentRepr;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.ReadJournal;
import akka.stream.javadsl.Source;
import java.util.List;
import java.util.Optional;

/**
 * Reads events back by persistence id and sequence number: {@code
 * PersistenceQuery.get(system).getReadJournalFor(EmbeddedReadJournal.class,
 * EmbeddedReadJournal.IDENTIFIER)}.
 *
 * <p>An event can be read as soon as it has been acknowledged. A stream reads ahead by one read of
 * a bounded size, and holds nothing in the store between two of them.
 */
public final class EmbeddedReadJournal implements ReadJournal, CurrentEventsByPersistenceIdQuery {

  /** Its name in the configuration. */
  public static final String IDENTIFIER = "parley.embedded.query";

  private final EventLog events;

  EmbeddedReadJournal(ActorSystem system) {
    events = new EventLog(system);
  }

  /** The events from one to another, both included, then the end; offsets are their sequence. */
  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long from, long to) {
    return Source.unfoldAsync(
            from,
            next ->
                events
                    .stored(persistenceId, next, to, EventLog.READ_EVENTS_MAX)
                    .thenApply(EmbeddedReadJournal::chunk))
        .mapConcat(chunk -> chunk)
        // One by one: whoever reads on from a place near what it wants takes only the first ones.
        .map(event -> envelope(events.decode(persistenceId, event)));
  }

  private static Optional<Pair<Long, List<EventLog.Stored>>> chunk(List<EventLog.Stored> events) {
    return events.isEmpty()
        ? Optional.empty()
        : Optional.of(Pair.create(events.getLast().sequence() + 1, events));
  }

  private static EventEnvelope envelope(PersistentRepr event) {
    return EventEnvelope.apply(
        Offset.sequence(event.sequenceNr()),
        event.persistenceId(),
        event.sequenceNr(),
        event.payload(),
        event.timestamp(),
        event.metadata());
  }
}
