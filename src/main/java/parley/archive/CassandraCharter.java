package parley.archive;

import akka.Done;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The charter as a row of Cassandra that passes away unless it is renewed. Conditional writes
 * (Paxos, at LOCAL_SERIAL) make one of two who claim it at once the only one.
 *
 * <pre>
 * clusters / 'parley' => cluster (uuid), contact (host:port); both live for HELD_SECONDS
 * </pre>
 */
final class CassandraCharter implements Charter {

  private static final String KEY = " WHERE name = 'parley'";

  private final CqlSession session;
  private final String table;
  private final int heldSeconds;

  CassandraCharter(CqlSession session, String keyspace, int heldSeconds) {
    this.session = session;
    this.table = tableOf(keyspace);
    this.heldSeconds = heldSeconds;
  }

  private static String tableOf(String keyspace) {
    return keyspace + ".clusters";
  }

  /** The CQL that makes the table where it is missing. */
  static String table(String keyspace) {
    return "CREATE TABLE IF NOT EXISTS %s (name text PRIMARY KEY, cluster uuid, contact text)"
        .formatted(tableOf(keyspace));
  }

  @Override
  public CompletionStage<Optional<Holder>> holder() {
    return session
        .executeAsync(ArchiveStatements.of("SELECT cluster, contact FROM " + table + KEY))
        .thenApply(result -> Optional.ofNullable(result.one()).map(CassandraCharter::holder));
  }

  private static Holder holder(Row row) {
    return new Holder(row.getUuid("cluster"), row.getString("contact"));
  }

  @Override
  public CompletionStage<Holder> claim(Holder claimant) {
    return session
        .executeAsync(
            ArchiveStatements.of(
                "INSERT INTO %s (name, cluster, contact) VALUES ('parley', ?, ?)".formatted(table)
                    + " IF NOT EXISTS USING TTL "
                    + heldSeconds,
                claimant.cluster(),
                claimant.contact()))
        .thenApply(result -> result.wasApplied() ? claimant : holder(result.one()));
  }

  @Override
  public CompletionStage<Holder> renew(Holder holder) {
    return session
        .executeAsync(
            ArchiveStatements.of(
                "UPDATE %s USING TTL %d SET cluster = ?, contact = ?".formatted(table, heldSeconds)
                    + KEY
                    + " IF cluster = ?",
                holder.cluster(),
                holder.contact(),
                holder.cluster()))
        .thenCompose(result ->
            result.wasApplied() ? CompletableFuture.completedStage(holder) : holderOr(holder));
  }

  @Override
  public CompletionStage<Done> release(String contact) {
    return session
        .executeAsync(
            ArchiveStatements.of("DELETE FROM " + table + KEY + " IF contact = ?", contact))
        .thenApply(result -> Done.getInstance());
  }

  private CompletionStage<Holder> holderOr(Holder claimant) {
    return holder()
        .thenCompose(
            now -> now.map(CompletableFuture::completedStage).orElseGet(() -> claim(claimant)));
  }
}
