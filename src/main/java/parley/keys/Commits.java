package parley.keys;

import akka.actor.typed.ActorSystem;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.journal.Events;
import parley.message.ConversationId;

/**
 * The commits of encrypted conversations, all of them, read back from the journal by their epochs:
 * how a device catches up that was away.
 */
public final class Commits {

  /** The most of one page: 32 of the largest take 7 MiB, and usual ones some hundred KiB. */
  public static final int PAGE_MOST = 32;

  private final Events events;
  private final Materializer materializer;

  /** A reader of the journal that the node writes. */
  public Commits(CurrentEventsByPersistenceIdQuery journal, ActorSystem<?> system) {
    this.events = new Events(journal);
    this.materializer = Materializer.matFromSystem(system);
  }

  /**
   * The commits made in the epochs from one on, oldest first, at most so many; none when that epoch
   * has not been left yet. Fails when the journal does.
   *
   * @param limit 1 to {@link #PAGE_MOST}
   */
  public CompletionStage<List<MlsEvent.Committed>> from(
      ConversationId conversation, long epoch, int limit) {
    return events
        .of(MlsGroup.persistenceId(conversation).id(), epoch + 1, epoch + limit)
        .map(event -> (MlsEvent.Committed) event.event())
        .runWith(Sink.seq(), materializer);
  }
}
