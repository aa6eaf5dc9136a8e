package parley;

import akka.actor.typed.ActorSystem;
import akka.persistence.query.PersistenceQuery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.archive.Archive;
import parley.archive.CassandraCluster;
import parley.archive.Charter;
import parley.archive.EmbeddedArchive;
import parley.embedded.EmbeddedReadJournal;
import parley.embedded.EmbeddedStore;
import parley.keys.Commits;
import parley.ops.Health;
import parley.user.MailboxReader;

/**
 * What a node keeps things in: the archive, and the journal as mailboxes are read back from it.
 *
 * @param charter where the store is one that many nodes share
 */
record Stores(
    Archive archive, MailboxReader mailboxes, Commits commits, Optional<Charter> charter) {

  private static final String EMBEDDED = "store";
  private static final String CASSANDRA = "cassandra";
  private static final Duration CHECK = Duration.ofSeconds(1);

  /** What the node's health calls it. */
  static String part(Settings.Store store) {
    return switch (store) {
      case EMBEDDED -> EMBEDDED;
      case CASSANDRA -> CASSANDRA;
    };
  }

  /** Opens them; done when they can be used. Reports how they are. */
  static CompletionStage<Stores> open(Settings settings, ActorSystem<?> system, Health health) {
    return switch (settings.store()) {
      case EMBEDDED -> CompletableFuture.completedStage(embedded(system, health));
      case CASSANDRA -> cassandra(system, health);
    };
  }

  private static Stores embedded(ActorSystem<?> system, Health health) {
    var store = EmbeddedStore.get(system);
    Runnable check =
        () -> {
          if (store.isOpen()) {
            health.up(EMBEDDED);
          } else {
            health.down(
                EMBEDDED, "closed, or a write has failed; see the log and restart the node");
          }
        };
    check.run();
    system.scheduler().scheduleAtFixedRate(CHECK, CHECK, check, system.executionContext());
    var journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(EmbeddedReadJournal.class, EmbeddedReadJournal.IDENTIFIER);
    return new Stores(
        new EmbeddedArchive(store),
        new MailboxReader(journal, system),
        new Commits(journal, system),
        Optional.empty());
  }

  private static CompletionStage<Stores> cassandra(ActorSystem<?> system, Health health) {
    health.down(CASSANDRA, "not connected yet");
    return CassandraCluster.open(system)
        .thenCompose(cluster ->
            cluster
                .archive()
                .thenCombine(
                    cluster.charter(),
                    (archive, charter) -> {
                      new CassandraWatch(cluster, system, health, CASSANDRA).look();
                      var mailboxes = new MailboxReader(cluster.journal(), system);
                      var commits = new Commits(cluster.journal(), system);
                      return new Stores(archive, mailboxes, commits, Optional.of(charter));
                    }));
  }
}
