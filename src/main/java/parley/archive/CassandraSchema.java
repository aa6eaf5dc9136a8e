package parley.archive;

import akka.Done;
import akka.actor.ClassicActorSystemProvider;
import akka.persistence.cassandra.KeyspaceAndTableStatements;
import akka.persistence.cassandra.PluginSettings;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The keyspace and the tables of journal, snapshots, archive and charter. What is there already is
 * left as it is: making them again changes nothing.
 */
public final class CassandraSchema {

  /** All nodes of Cassandra agree on a new table before the next one: longer than any read. */
  private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);

  /** Of the keyspace, our own and others. */
  private static final int TABLES_MAX = 1000;

  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE IF NOT EXISTS \\w+\\.(\\w+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern MARGIN = Pattern.compile("\\s+");

  private final String keyspace;
  private final List<String> statements;

  /** The schema that the configuration of the actor system asks for; nothing is connected to. */
  public CassandraSchema(ClassicActorSystemProvider system) {
    var config = system.classicSystem().settings().config();
    var settings = CassandraSettings.of(config);
    this.keyspace = settings.keyspace();
    var plugin =
        new KeyspaceAndTableStatements(
            system,
            PluginSettings.DefaultConfigPath(),
            PluginSettings.apply(system.classicSystem()));
    var all = new ArrayList<String>();
    all.add(keyspace(settings));
    all.addAll(plugin.getCreateJournalTablesStatements());
    all.addAll(plugin.getCreateSnapshotTablesStatements());
    all.addAll(ArchiveStatements.tables(keyspace));
    all.add(CassandraCharter.table(keyspace));
    this.statements = all.stream().map(CassandraSchema::onOneLine).toList();
  }

  private static String keyspace(CassandraSettings settings) {
    var copies =
        settings.replication().stream()
            .map(each -> each.split(":"))
            .map(each -> ", '%s': %s".formatted(each[0], each[1]))
            .collect(Collectors.joining());
    return "CREATE KEYSPACE IF NOT EXISTS %s WITH REPLICATION = {'class': %s%s}"
        .formatted(settings.keyspace(), "'NetworkTopologyStrategy'", copies);
  }

  private static String onOneLine(String statement) {
    return MARGIN.matcher(statement.strip()).replaceAll(" ");
  }

  /** The CQL that makes what is missing, in order, without semicolons. */
  public List<String> statements() {
    return statements;
  }

  /** Makes what is missing; {@code onDone} is told of each statement when it has been executed. */
  CompletionStage<Done> create(CqlSession session, Consumer<String> onDone) {
    CompletionStage<Done> all = CompletableFuture.completedStage(Done.getInstance());
    for (var statement : statements) {
      all =
          all.thenCompose(done -> session.executeAsync(timed(statement)))
              .thenApply(result -> {
                onDone.accept(statement);
                return Done.getInstance();
              });
    }
    return all.exceptionally(failure -> {
      throw new CassandraException(
          "Cassandra's tables cannot be made: " + messageOf(failure), failure);
    });
  }

  private static SimpleStatement timed(String statement) {
    return SimpleStatement.newInstance(statement).setTimeout(STATEMENT_TIMEOUT);
  }

  /** The tables that are not there. */
  CompletionStage<List<String>> missing(CqlSession session) {
    return session
        .executeAsync(
            SimpleStatement.newInstance(
                    "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace)
                .setPageSize(TABLES_MAX))
        .thenApply(this::missing);
  }

  private List<String> missing(AsyncResultSet result) {
    var missing = new ArrayList<>(tables());
    StreamSupport.stream(result.currentPage().spliterator(), false)
        .map(row -> row.getString("table_name"))
        .forEach(missing::remove);
    return missing;
  }

  /** The names of all tables. */
  List<String> tables() {
    return statements.stream()
        .map(TABLE::matcher)
        .filter(matcher -> matcher.find())
        .map(matcher -> matcher.group(1))
        .toList();
  }

  private static String messageOf(Throwable failure) {
    return failure instanceof CompletionException
        ? failure.getCause().getMessage()
        : failure.getMessage();
  }
}
