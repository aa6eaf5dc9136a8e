package parley.archive;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What the archive says to Cassandra, prepared; {@link CassandraArchive} draws the tables. */
record ArchiveStatements(
    PreparedStatement append,
    PreparedStatement edit,
    PreparedStatement delete,
    PreparedStatement react,
    PreparedStatement unreact,
    PreparedStatement find,
    PreparedStatement page,
    PreparedStatement noteBucket,
    PreparedStatement buckets) {

  private static final String PROFILE = "parley-archive";
  private static final String ROW = " WHERE conversation = ? AND bucket = ? AND clock = ?";
  private static final String SELECT =
      "SELECT clock, message, edit, deletion, reactions FROM %s.archive"
          + " WHERE conversation = ? AND bucket = ? AND clock ";

  /** The CQL that makes the tables where they are missing. */
  static List<String> tables(String keyspace) {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS %s.archive (
          conversation bigint,
          bucket int,
          clock bigint,
          message blob,
          edit blob,
          deletion blob,
          reactions set<text>,
          PRIMARY KEY ((conversation, bucket), clock))
          WITH CLUSTERING ORDER BY (clock DESC)
        """
            .formatted(keyspace),
        """
        CREATE TABLE IF NOT EXISTS %s.archive_buckets (
          conversation bigint,
          bucket int,
          PRIMARY KEY (conversation, bucket))
          WITH CLUSTERING ORDER BY (bucket DESC)
        """
            .formatted(keyspace));
  }

  /** Fails with the driver's exception when Cassandra does. */
  static CompletionStage<ArchiveStatements> prepare(CqlSession session, String keyspace) {
    var archive = keyspace + ".archive";
    var texts =
        List.of(
            "INSERT INTO %s (conversation, bucket, clock, message) VALUES (?, ?, ?, ?)"
                    .formatted(archive)
                + " USING TIMESTAMP ?",
            update(archive, "edit = ?"),
            update(archive, "deletion = ?"),
            update(archive, "reactions = reactions + ?"),
            update(archive, "reactions = reactions - ?"),
            SELECT.formatted(keyspace) + "IN ?",
            SELECT.formatted(keyspace) + "<= ?",
            "INSERT INTO %s_buckets (conversation, bucket) VALUES (?, ?)".formatted(archive),
            "SELECT bucket FROM %s_buckets WHERE conversation = ? AND bucket <= ? LIMIT ?"
                .formatted(archive));
    return Stages.all(texts.stream().map(text -> session.prepareAsync(of(text))).toList())
        .thenApply(all ->
            new ArchiveStatements(
                all.get(0),
                all.get(1),
                all.get(2),
                all.get(3),
                all.get(4),
                all.get(5),
                all.get(6),
                all.get(7),
                all.get(8)));
  }

  /** A statement that takes no longer than others of the archive; so do those made of it. */
  static SimpleStatement of(String text, Object... values) {
    return SimpleStatement.newInstance(text, values).setExecutionProfileName(PROFILE);
  }

  private static String update(String table, String assignment) {
    return "UPDATE " + table + " USING TIMESTAMP ? SET " + assignment + ROW;
  }
}
