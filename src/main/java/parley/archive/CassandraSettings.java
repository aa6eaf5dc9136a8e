package parley.archive;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The block {@code parley.cassandra}; cassandra.conf says what each is for.
 *
 * @param contactPoints host:port
 * @param replication data-centre:copies, of the keyspace when it is made
 * @param createSchema whether a start makes what is missing of keyspace and tables
 * @param connecting how long a start waits for Cassandra
 */
public record CassandraSettings(
    List<String> contactPoints,
    String localDatacenter,
    String keyspace,
    List<String> replication,
    Optional<Credentials> credentials,
    Optional<Tls> tls,
    boolean createSchema,
    Connecting connecting) {

  private static final String PATH = "parley.cassandra";
  private static final String REPLICATION = "[\\w.-]+:[1-9]\\d*";
  private static final Set<String> CONSISTENCIES =
      Set.of("ONE", "TWO", "THREE", "QUORUM", "ALL", "LOCAL_QUORUM", "LOCAL_ONE");

  public CassandraSettings {
    contactPoints = List.copyOf(contactPoints);
    replication = List.copyOf(replication);
  }

  /** Who this node is to Cassandra. */
  public record Credentials(String user, String password) {

    /** Never the password: a log line may hold this. */
    @Override
    public String toString() {
      return "Credentials[" + user + "]";
    }
  }

  /**
   * How connections are encrypted.
   *
   * @param truststore empty: the authorities that Java trusts
   * @param keystore empty: no certificate of its own
   */
  public record Tls(Optional<Store> truststore, Optional<Store> keystore, boolean checkHostname) {}

  /** A Java key store. */
  public record Store(String path, String password) {

    /** Never the password: a log line may hold this. */
    @Override
    public String toString() {
      return "Store[" + path + "]";
    }
  }

  /** How long to try, and the pause between two attempts. */
  public record Connecting(Duration within, Duration pause) {}

  /**
   * Reads them from the root of a configuration. Throws {@link CassandraException} when something
   * is wrong; the message names the key.
   */
  public static CassandraSettings of(Config root) {
    try {
      return read(root.getConfig(PATH));
    } catch (ConfigException e) {
      throw new CassandraException("The configuration cannot be used: " + e.getMessage(), e);
    }
  }

  private static CassandraSettings read(Config c) {
    if (!CONSISTENCIES.contains(c.getString("consistency"))) {
      throw wrong(c, "consistency", "must be one of " + String.join(", ", CONSISTENCIES));
    }
    var user = c.getString("user");
    return new CassandraSettings(
        matching(c, "contact-points", list(c, "contact-points"), ".+:\\d{1,5}", "host:port"),
        c.getString("local-datacenter"),
        matching(c, "keyspace", List.of(c.getString("keyspace")), "[a-z]\\w{0,47}", "a name")
            .getFirst(),
        matching(c, "replication", list(c, "replication"), REPLICATION, "data-centre:copies"),
        user.isEmpty()
            ? Optional.empty()
            : Optional.of(new Credentials(user, c.getString("password"))),
        tls(c.getConfig("tls")),
        c.getBoolean("create-schema"),
        new Connecting(c.getDuration("connect-within"), c.getDuration("connect-again-after")));
  }

  private static Optional<Tls> tls(Config c) {
    return c.getBoolean("enabled")
        ? Optional.of(
            new Tls(store(c, "truststore"), store(c, "keystore"), c.getBoolean("check-hostname")))
        : Optional.empty();
  }

  private static Optional<Store> store(Config c, String key) {
    var path = c.getString(key);
    return path.isEmpty()
        ? Optional.empty()
        : Optional.of(new Store(path, c.getString(key + "-password")));
  }

  /** A list, or one text with commas. */
  private static List<String> list(Config c, String key) {
    var values =
        c.getValue(key).valueType() == ConfigValueType.LIST
            ? c.getStringList(key)
            : Arrays.asList(c.getString(key).split(",", -1));
    return values.stream().map(String::strip).toList();
  }

  private static List<String> matching(
      Config c, String key, List<String> values, String form, String name) {
    if (values.isEmpty() || !values.stream().allMatch(value -> value.matches(form))) {
      throw wrong(c, key, "must be " + name);
    }
    return values;
  }

  private static CassandraException wrong(Config c, String key, String why) {
    var place = c.getValue(key).origin().description();
    return new CassandraException("%s.%s %s (%s)".formatted(PATH, key, why, place));
  }
}
