package parley;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.account.HashCost;
import parley.cluster.ClusterSettings;
import parley.distribution.KafkaSettings;
import parley.group.GroupSettings;
import parley.http.AddressRange;
import parley.keys.KeySettings;
import parley.limit.Rate;
import parley.limit.RateLimits.Rates;
import parley.media.MediaSettings;
import parley.message.Portion;
import parley.push.PushSettings;
import parley.socket.SocketSettings;
import parley.user.Excerpt;
import parley.user.UserSettings;

/**
 * The {@code parley} block of the configuration, read once and checked at start. What each value
 * means, its default and the reason for it stand in {@code application.conf}.
 *
 * @param data the folder that everything is kept in; absolute
 * @param config the whole configuration, for the actor system
 */
public record Settings(
    Path data,
    Duration stopTimeout,
    Store store,
    Queue distributor,
    ClusterSettings cluster,
    Http http,
    Limits limits,
    Account account,
    UserSettings user,
    GroupSettings group,
    SocketSettings socket,
    PushSettings push,
    MediaSettings media,
    ProcessingBlock.Processing processing,
    KeySettings keys,
    Embedded embedded,
    KafkaSettings kafka,
    Config config) {

  private static final int MEBIBYTE = 1024 * 1024;

  /**
   * Reads the configuration: {@code overrides} (by path, such as {@code parley.http.port}) over the
   * file over the defaults. Throws {@link StartFailure} when something in it is wrong; the message
   * names the key, and the file with the line.
   */
  public static Settings load(Optional<Path> configFile, Map<String, ?> overrides) {
    return of(ConfigSources.merged(configFile, overrides));
  }

  /** Reads a configuration that is whole already. Throws {@link StartFailure} likewise. */
  public static Settings of(Config config) {
    var parley = new ConfigBlock(config, "parley");
    var cluster = ClusterBlock.read(parley);
    var store = parley.choice("store", Store.class);
    var settings =
        new Settings(
            parley.parsed("data", Path::of).toAbsolutePath().normalize(),
            parley.duration("stop-timeout"),
            store,
            parley.choice("distributor", Queue.class),
            cluster,
            Http.of(parley.block("http")),
            Limits.of(parley.block("limits")),
            Account.of(parley.block("account")),
            userOf(parley.block("user")),
            groupOf(parley.block("group")),
            socketOf(parley.block("socket")),
            pushOf(parley.block("push")),
            MediaBlock.of(parley.block("media")),
            ProcessingBlock.of(parley.block("media")),
            keysOf(parley.block("keys")),
            Embedded.of(parley.block("embedded")),
            KafkaBlock.of(parley.block("kafka")),
            AkkaConfig.of(config, store, cluster));
    new Fit(settings).check();
    return settings;
  }

  /** What keeps journal, snapshots and archive. */
  public enum Store {
    EMBEDDED,
    CASSANDRA
  }

  /** What keeps deliveries until they have arrived. */
  public enum Queue {
    DIRECT,
    KAFKA
  }

  /**
   * Where requests come in.
   *
   * @param port 0 takes any free one
   * @param askTimeout how long a route waits for an actor's answer
   * @param drainDelay how long a node that ends still takes requests while it is not ready
   * @param trustedProxies whose word about a client's address is taken
   */
  public record Http(
      String host,
      int port,
      int bodyBytesMax,
      Duration askTimeout,
      Duration drainDelay,
      List<AddressRange> trustedProxies) {

    /** Less than the phase of a stop that it is spent in may take. */
    private static final Duration DRAIN_DELAY_MAX = Duration.ofSeconds(30);

    private static Http of(ConfigBlock http) {
      return new Http(
          http.text("host"),
          http.number("port", 0, 65535),
          http.sizeBytes("body-bytes-max", 1024, 64 * MEBIBYTE),
          http.duration("ask-timeout"),
          http.delay("drain-delay", DRAIN_DELAY_MAX),
          http.parsedList("trusted-proxies", AddressRange::parse));
    }
  }

  /** How much one client may ask for. */
  public record Limits(Rates rates) {

    private static final int BURST_MAX = 1_000_000;

    private static Limits of(ConfigBlock limits) {
      boolean enabled = limits.flag("enabled");
      var rates =
          new Rates(
              rate(limits.block("sign-ins")),
              rate(limits.block("sends")),
              rate(limits.block("calls")),
              rate(limits.block("key-packages")));
      return new Limits(enabled ? rates : Rates.UNLIMITED);
    }

    private static Rate rate(ConfigBlock block) {
      return new Rate(block.number("burst", 1, BURST_MAX), block.duration("one-every"));
    }
  }

  /**
   * Passwords and tokens.
   *
   * @param signingKey empty: the data folder's own
   */
  public record Account(
      Optional<String> signingKey,
      Hash hash,
      Duration accessTokenLifetime,
      Duration refreshTokenLifetime) {

    private static Account of(ConfigBlock account) {
      return new Account(
          Optional.of(account.text("signing-key")).filter(key -> !key.isEmpty()),
          new Hash(
              account.parsed("hash-cost", HashCost::parse),
              account.number("hash-threads-max", 1, 1024),
              account.number("hash-waiting-max", 1, 100_000)),
          account.duration("access-token-lifetime", UserSettings.ENDED_SESSION_MEMORY),
          account.duration("refresh-token-lifetime"));
    }

    /** Never the key: a log line may hold this. */
    @Override
    public String toString() {
      return "Account[signingKey=%s, hash=%s, accessTokenLifetime=%s, refreshTokenLifetime=%s]"
          .formatted(
              signingKey.isPresent() ? "given" : "own",
              hash,
              accessTokenLifetime,
              refreshTokenLifetime);
    }
  }

  /** What hashing passwords may take. */
  public record Hash(HashCost cost, int threadsMax, int waitingMax) {}

  private static UserSettings userOf(ConfigBlock user) {
    user.number("active-entity-limit", 1, Integer.MAX_VALUE);
    var settings =
        new UserSettings(
            user.number("snapshot-every-events", 1, 1_000_000),
            user.number("snapshot-every-entries", 1, 1_000_000),
            user.number("recent-entries-max", 1, 100_000),
            user.sizeBytes("recent-bytes-max", 1024, Portion.BYTES_MAX),
            user.number("outbox-entries-max", 1, 1_000_000),
            user.number("batch-entries-max", 1, 1_000),
            user.duration("answer-within"),
            user.duration("hand-over-retry-min"),
            user.duration("hand-over-retry-max"),
            user.duration("receipt-delay"),
            user.duration("stop-within"),
            user.duration("peer-timeout"));
    if (settings.retryMin().compareTo(settings.retryMax()) > 0) {
      throw new StartFailure(
          "parley.user.hand-over-retry-min must not be greater than hand-over-retry-max");
    }
    return settings;
  }

  private static GroupSettings groupOf(ConfigBlock group) {
    var settings =
        new GroupSettings(
            group.number("members-max", 2, 100_000),
            group.number("former-members-max", 0, 1_000_000),
            group.number("invites-max", 0, 10_000),
            group.number("snapshot-every-events", 1, 1_000_000),
            group.number("outbox-entries-max", 1, 1_000_000),
            group.number("round-entries-max", 1, 10_000),
            group.number("batch-deliveries-max", 1, 100_000),
            group.number("mark-every-deliveries", 1, 10_000_000),
            group.number("receipts-members-max", 0, 100_000),
            group.number("typing-members-max", 0, 100_000),
            group.duration("receipt-delay"),
            group.duration("hand-over-retry-min"),
            group.duration("hand-over-retry-max"),
            group.duration("stop-within"),
            group.duration("archive-time"));
    if (settings.retryMin().compareTo(settings.retryMax()) > 0) {
      throw new StartFailure(
          "parley.group.hand-over-retry-min must not be greater than hand-over-retry-max");
    }
    return settings;
  }

  private static SocketSettings socketOf(ConfigBlock socket) {
    var settings =
        new SocketSettings(
            socket.sizeBytes("frame-bytes-max", 1024, 64 * MEBIBYTE),
            socket.number("window-entries-max", 1, 100_000),
            socket.number("pull-entries-max", 1, Excerpt.ENTRIES_MAX),
            socket.sizeBytes("pull-bytes-max", 1024, 64 * MEBIBYTE),
            socket.number("waiting-sends-max", 1, 1_000),
            socket.sizeBytes("waiting-bytes-max", 1024, 64 * MEBIBYTE),
            socket.number("sockets-per-user-max", 1, 100_000),
            socket.duration("attach-within"),
            socket.duration("ask-timeout"),
            socket.duration("retry-min"),
            socket.duration("retry-max"),
            socket.duration("pull-timeout"),
            socket.duration("ack-interval"),
            socket.duration("ping-after"),
            socket.duration("dead-after"),
            socket.duration("close-timeout"));
    if (settings.pingAfter().compareTo(settings.deadAfter()) >= 0) {
      throw new StartFailure("parley.socket.ping-after must be less than dead-after");
    }
    return settings;
  }

  private static PushSettings pushOf(ConfigBlock push) {
    return new PushSettings(
        push.flag("enabled"),
        Optional.of(push.text("key")).filter(key -> !key.isEmpty()),
        Optional.of(push.text("contact")).filter(contact -> !contact.isEmpty()),
        push.flag("allow-local"),
        push.duration("delay"),
        push.duration("pause"),
        push.duration("time-to-live"),
        push.duration("timeout"),
        push.number("sending-max", 1, 10_000),
        push.number("waiting-max", 1, 1_000_000));
  }

  private static KeySettings keysOf(ConfigBlock keys) {
    return new KeySettings(
        keys.number("packages-max", 1, 10_000),
        keys.sizeBytes("package-bytes-max", 256, KeySettings.PACKAGE_BYTES_MOST),
        keys.sizeBytes("stock-bytes-max", 1024, 64 * MEBIBYTE),
        keys.number("log-entries-max", 1, 1_000_000),
        keys.sizeBytes("log-bytes-max", 1024, 64 * MEBIBYTE),
        keys.sizeBytes("group-info-bytes-max", 1024, KeySettings.GROUP_INFO_BYTES_MOST),
        keys.number("snapshot-every-commits", 1, 1_000_000),
        keys.number("commits-remembered-max", 1, 100_000),
        keys.duration("restart-pause"));
  }

  /**
   * The store of a node without services.
   *
   * @param sync whether a write is on the disk before it is acknowledged
   */
  public record Embedded(boolean sync) {

    /** The store itself reads the rest; here it is checked, before anything starts. */
    static Embedded of(ConfigBlock c) {
      // A snapshot with all that it may hold has to fit in as well.
      long queue = c.longSizeBytes("write-queue-size", 16 * MEBIBYTE);
      if (c.longSizeBytes("write-group-size", 4 * 1024) > queue) {
        throw c.malformed("write-group-size", "must not be greater than write-queue-size");
      }
      c.longSizeBytes("log-size", MEBIBYTE);
      c.number("read-threads", 1, 1_000);
      c.number("read-queue-length", 1, 10_000_000);
      c.longSizeBytes("verify-size", 0);
      c.longSizeBytes("cache-size", 0);
      c.longSizeBytes("write-buffer-size", MEBIBYTE);
      return new Embedded(c.flag("sync"));
    }
  }

  /** Never the whole configuration, which holds secrets: a log line may hold this. */
  @Override
  public String toString() {
    return "Settings[data=%s, stopTimeout=%s, store=%s, distributor=%s, %s, %s, %s]"
        .formatted(
            data,
            stopTimeout,
            store,
            distributor,
            List.of(cluster, http, limits, account, user, group, socket, push, keys, embedded),
            media,
            kafka);
  }
}
