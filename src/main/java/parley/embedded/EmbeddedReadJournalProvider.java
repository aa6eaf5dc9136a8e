package parley.embedded;

import akka.NotUsed;
import akka.actor.ExtendedActorSystem;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.ReadJournalProvider;
import akka.stream.scaladsl.Source;

/** What Akka creates from the configuration {@code parley.embedded.query}. */
public final class EmbeddedReadJournalProvider implements ReadJournalProvider {

  private final EmbeddedReadJournal journal;

  /** Called by Akka. */
  public EmbeddedReadJournalProvider(ExtendedActorSystem system) {
    journal = new EmbeddedReadJournal(system);
  }

  @Override
  public EmbeddedReadJournal javadslReadJournal() {
    return journal;
  }

  @Override
  public ForScala scaladslReadJournal() {
    return new ForScala(journal);
  }

  /** The same journal with the types that Akka asks for as well. */
  public record ForScala(EmbeddedReadJournal journal)
      implements akka.persistence.query.scaladsl.ReadJournal,
          akka.persistence.query.scaladsl.CurrentEventsByPersistenceIdQuery {

    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
        String persistenceId, long from, long to) {
      return journal.currentEventsByPersistenceId(persistenceId, from, to).asScala();
    }
  }
}
