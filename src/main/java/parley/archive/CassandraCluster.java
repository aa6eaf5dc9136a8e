package parley.archive;

import akka.Done;
import akka.actor.ActorSystem;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.Extension;
import akka.persistence.Persistence;
import akka.persistence.cassandra.query.javadsl.CassandraReadJournal;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Cassandra of an actor system: one session for journal, snapshots and archive.
 *
 * <p>{@code open} connects, and looks whether the tables are there; from then on the session finds
 * its way back by itself after an outage. All stages fail with {@link CassandraException}, whose
 * message is one sentence for the operator. The session is closed after the actor system has ended.
 */
public final class CassandraCluster implements Extension {

  private static final Logger log = LoggerFactory.getLogger(CassandraCluster.class);

  private final ActorSystem system;
  private final CassandraSettings settings;
  private final CompletableFuture<CqlSession> session;
  private Optional<CompletionStage<CqlSession>> ready = Optional.empty();

  private CassandraCluster(
      ActorSystem system, CassandraSettings settings, CompletableFuture<CqlSession> session) {
    this.system = system;
    this.settings = settings;
    this.session = session;
  }

  /** The Cassandra of the actor system; the first call begins to connect. */
  static CassandraCluster get(ClassicActorSystemProvider system) {
    return CassandraClusterId.INSTANCE.get(system);
  }

  static CassandraCluster openFor(ActorSystem system) {
    var config = system.settings().config();
    var settings = CassandraSettings.of(config);
    var session = new CassandraDriver(settings, config).connect().toCompletableFuture();
    session.thenAccept(open -> system.registerOnTermination(open::closeAsync));
    return new CassandraCluster(system, settings, session);
  }

  /**
   * Connects, makes the tables when the settings ask for it, and starts the journal; done when all
   * of them are there. Whoever starts a node calls it before anything else.
   */
  public static CompletionStage<CassandraCluster> open(ClassicActorSystemProvider system) {
    var cluster = get(system);
    return cluster
        .session()
        .thenApply(session -> {
          Persistence.get(system);
          log.info("Cassandra is there, keyspace={}", cluster.settings.keyspace());
          return cluster;
        });
  }

  /**
   * Connects, makes what is missing of keyspace and tables, and looks whether they can be read.
   *
   * @param onDone is told of each statement when it has been executed
   */
  public static CompletionStage<Done> createSchema(
      ClassicActorSystemProvider system, Consumer<String> onDone) {
    var cluster = get(system);
    return cluster
        .session
        .thenCompose(session -> new CassandraSchema(cluster.system).create(session, onDone))
        .thenCompose(done -> cluster.check());
  }

  private CompletionStage<Done> checkSchema(CqlSession session) {
    var schema = new CassandraSchema(system);
    return schema
        .missing(session)
        .thenCompose(missing -> {
          if (missing.isEmpty()) {
            return CompletableFuture.completedStage(Done.getInstance());
          }
          return settings.createSchema()
              ? schema.create(session, statement -> log.info("Done: {}", statement))
              : CompletableFuture.failedStage(lacks(missing));
        });
  }

  private CassandraException lacks(List<String> tables) {
    return new CassandraException(
        "Cassandra has no table %s in keyspace %s: run bin/parley schema once"
            .formatted(String.join(", ", tables), settings.keyspace()));
  }

  /** The session, once all tables are there: what is prepared before that fails for good. */
  synchronized CompletionStage<CqlSession> session() {
    if (ready.isEmpty()) {
      ready =
          Optional.of(
              session
                  .thenCompose(open -> checkSchema(open).thenApply(done -> open))
                  .exceptionally(CassandraCluster::failed));
    }
    return ready.get();
  }

  /** The archive; fails when Cassandra does. */
  public CompletionStage<Archive> archive() {
    Executor executor = system.dispatcher();
    return session()
        .thenCompose(open ->
            ArchiveStatements.prepare(open, settings.keyspace())
                .<Archive>thenApply(statements -> new CassandraArchive(open, statements, executor)))
        .exceptionally(CassandraCluster::failed);
  }

  /** Which cluster of nodes is the one. */
  public CompletionStage<Charter> charter() {
    return session()
        .thenApply(open -> new CassandraCharter(open, settings.keyspace(), Charter.HELD_SECONDS));
  }

  /** The events of the journal, for who reads mailboxes back. */
  public CurrentEventsByPersistenceIdQuery journal() {
    return PersistenceQuery.get(system)
        .getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
  }

  /** Done when Cassandra answers a cheap read as it would have to answer any. */
  public CompletionStage<Done> check() {
    var read =
        ArchiveStatements.of(
            "SELECT bucket FROM %s.archive_buckets WHERE conversation = 0 AND bucket = 0"
                .formatted(settings.keyspace()));
    return session
        .thenCompose(open -> open.executeAsync(read))
        .thenApply(result -> Done.getInstance())
        .exceptionally(CassandraCluster::failed);
  }

  private static <T> T failed(Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    throw cause instanceof CassandraException known
        ? known
        : new CassandraException("Cassandra does not answer: " + why(cause), cause);
  }

  private static String why(Throwable failure) {
    return switch (failure) {
      case UnavailableException few ->
          "consistency %s needs %d copies up and has %d: start more nodes, or see replication"
              .formatted(few.getConsistencyLevel(), few.getRequired(), few.getAlive());
      // The driver's own text lists every node with its exception.
      case AllNodesFailedException nodes ->
          nodes.getAllErrors().values().stream()
              .flatMap(errors -> errors.stream())
              .filter(UnavailableException.class::isInstance)
              .findAny()
              .map(CassandraCluster::why)
              .orElse("no node can be reached");
      default -> String.valueOf(failure.getMessage());
    };
  }
}
