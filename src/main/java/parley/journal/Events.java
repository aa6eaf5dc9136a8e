package parley.journal;

import akka.NotUsed;
import akka.japi.Pair;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.stream.javadsl.Source;
import java.util.Optional;

/** The events of a journal, as a recovery has them. */
public final class Events {

  private final CurrentEventsByPersistenceIdQuery journal;

  public Events(CurrentEventsByPersistenceIdQuery journal) {
    this.journal = journal;
  }

  /**
   * The events that count: of several with one sequence number the last one, as a recovery has it.
   * The others are of a writer that gave up on them, and reached the journal all the same: a write
   * to Cassandra that timed out may do so.
   *
   * @param id the persistence id
   * @param from the first sequence number
   * @param to the last one
   */
  public Source<EventEnvelope, NotUsed> of(String id, long from, long to) {
    // The next one must be seen to know that one is the last of its number.
    long beyond = to == Long.MAX_VALUE ? to : to + 1;
    return journal
        .currentEventsByPersistenceId(id, from, beyond)
        .statefulMap(
            Optional::<EventEnvelope>empty,
            (held, next) ->
                Pair.create(
                    Optional.of(next),
                    held.filter(event -> event.sequenceNr() < next.sequenceNr())),
            held -> Optional.of(held))
        .mapConcat(event -> event.stream().toList())
        .takeWhile(event -> event.sequenceNr() <= to);
  }
}
