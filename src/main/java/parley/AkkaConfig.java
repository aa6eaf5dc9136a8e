package parley;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;
import parley.cluster.ClusterSettings;
import parley.cluster.Role;

/** What Akka is told of Parley's settings where application.conf cannot say it. */
final class AkkaConfig {

  private AkkaConfig() {}

  static Config of(Config config, Settings.Store store, ClusterSettings cluster) {
    var values = new HashMap<String, Object>();
    values.put("akka.cluster.roles", cluster.roles().stream().map(Role::label).sorted().toList());
    cluster.tls().ifPresent(tls -> values.putAll(secured(tls)));
    return ConfigFactory.parseMap(values, "settings of Parley")
        .withFallback(plugins(store))
        .withFallback(config);
  }

  private static Config plugins(Settings.Store store) {
    return switch (store) {
      case EMBEDDED -> ConfigFactory.empty();
      case CASSANDRA ->
          ConfigFactory.parseResources(AkkaConfig.class.getClassLoader(), "cassandra-store.conf");
    };
  }

  private static Map<String, Object> secured(ClusterSettings.Tls tls) {
    var files = "akka.remote.artery.ssl.rotating-keys-engine.";
    return Map.of(
        "akka.remote.artery.transport",
        "tls-tcp",
        files + "key-file",
        tls.key().toString(),
        files + "cert-file",
        tls.certificate().toString(),
        files + "ca-cert-file",
        tls.caCertificate().toString());
  }
}
