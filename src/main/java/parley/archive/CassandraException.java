package parley.archive;

/** Cassandra cannot be used. The message is one sentence for the operator: what to do. */
public final class CassandraException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CassandraException(String message) {
    super(message);
  }

  CassandraException(String message, Throwable cause) {
    super(message, cause);
  }
}
