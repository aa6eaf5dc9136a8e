package parley.archive;

import akka.stream.alpakka.cassandra.DriverConfigLoaderFromConfig;
import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to Cassandra: again and again as long as it cannot be reached, for a bounded time; at
 * once in vain when the user is refused or the data centre is not there.
 */
final class CassandraDriver {

  private static final Logger log = LoggerFactory.getLogger(CassandraDriver.class);

  private final CassandraSettings settings;
  private final Config config;
  private final long deadlineNanos;

  /**
   * @param root the whole configuration
   */
  CassandraDriver(CassandraSettings settings, Config root) {
    this.settings = settings;
    this.config =
        ConfigFactory.parseMap(own(settings)).withFallback(root.getConfig("datastax-java-driver"));
    this.deadlineNanos = System.nanoTime() + settings.connecting().within().toNanos();
  }

  /** What the driver's configuration cannot take from ours by substitution. */
  private static Map<String, Object> own(CassandraSettings settings) {
    var own = new HashMap<String, Object>();
    own.put("basic.contact-points", settings.contactPoints());
    settings
        .credentials()
        .ifPresent(credentials -> {
          own.put("advanced.auth-provider.class", "PlainTextAuthProvider");
          own.put("advanced.auth-provider.username", credentials.user());
          own.put("advanced.auth-provider.password", credentials.password());
        });
    settings
        .tls()
        .ifPresent(tls -> {
          var path = "advanced.ssl-engine-factory.";
          own.put(path + "class", "DefaultSslEngineFactory");
          own.put(path + "hostname-validation", tls.checkHostname());
          tls.truststore()
              .ifPresent(store -> {
                own.put(path + "truststore-path", store.path());
                own.put(path + "truststore-password", store.password());
              });
          tls.keystore()
              .ifPresent(store -> {
                own.put(path + "keystore-path", store.path());
                own.put(path + "keystore-password", store.password());
              });
        });
    return own;
  }

  /** A session; fails with {@link CassandraException}. */
  CompletionStage<CqlSession> connect() {
    return attempt()
        .handle((session, failure) ->
            failure == null ? inItsDatacenter(session) : afterFailure(unwrapped(failure)))
        .thenCompose(next -> next);
  }

  private CompletionStage<CqlSession> attempt() {
    try {
      return CqlSession.builder()
          .withConfigLoader(DriverConfigLoaderFromConfig.fromConfig(config))
          .buildAsync();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<CqlSession> afterFailure(Throwable failure) {
    if (!(failure instanceof AllNodesFailedException nodes)) {
      return failed("Cassandra cannot be used: " + failure.getMessage(), failure);
    }
    if (isRefused(nodes)) {
      return failed(
          "Cassandra at %s refuses the user: check parley.cassandra.user and .password"
              .formatted(where()),
          nodes);
    }
    var pause = settings.connecting().pause();
    if (System.nanoTime() + pause.toNanos() >= deadlineNanos) {
      return failed(
          "Cassandra at %s cannot be reached, for %s: start it, or check %s"
              .formatted(
                  where(), settings.connecting().within(), "parley.cassandra.contact-points"),
          nodes);
    }
    log.warn("Cassandra cannot be reached, will try again, at={}", where());
    return CompletableFuture.supplyAsync(() -> this, after(pause.toMillis()))
        .thenCompose(CassandraDriver::connect);
  }

  private static Executor after(long millis) {
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  private static boolean isRefused(AllNodesFailedException nodes) {
    return nodes.getAllErrors().values().stream()
        .flatMap(errors -> errors.stream())
        .anyMatch(AuthenticationException.class::isInstance);
  }

  private CompletionStage<CqlSession> inItsDatacenter(CqlSession session) {
    var there =
        session.getMetadata().getNodes().values().stream()
            .map(Node::getDatacenter)
            .map(String::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
    if (there.contains(settings.localDatacenter())) {
      return CompletableFuture.completedStage(session);
    }
    return session
        .closeAsync()
        .thenCompose(closed ->
            failed(
                "Cassandra at %s has no data centre %s but %s: set %s"
                    .formatted(
                        where(),
                        settings.localDatacenter(),
                        String.join(", ", there),
                        "parley.cassandra.local-datacenter"),
                null));
  }

  private String where() {
    return String.join(", ", settings.contactPoints());
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static CompletionStage<CqlSession> failed(String message, Throwable cause) {
    return CompletableFuture.failedStage(new CassandraException(message, cause));
  }
}
