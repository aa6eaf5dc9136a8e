package parley;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import parley.cluster.ClusterSettings;
import parley.cluster.ClusterSettings.Alone;
import parley.cluster.ClusterSettings.Dns;
import parley.cluster.ClusterSettings.Meeting;
import parley.cluster.ClusterSettings.Seeds;
import parley.cluster.ClusterSettings.Tls;
import parley.cluster.Placement;
import parley.cluster.Role;

/** Reads what a node is among others. */
final class ClusterBlock {

  private static final List<String> ANY_ADDRESS = List.of("0.0.0.0", "::", "[::]");

  private ClusterBlock() {}

  static ClusterSettings read(ConfigBlock parley) {
    var cluster = parley.block("cluster");
    var roles = parley.choices("roles", Role.class);
    if (roles.isEmpty()) {
      throw new StartFailure("parley.roles must have one of api, worker, user at least");
    }
    return new ClusterSettings(
        roles,
        parley.choice("placement", Placement.class),
        cluster.parsed("host", ClusterBlock::reachable),
        cluster.number("port", 0, 65535),
        meeting(cluster),
        tls(cluster.block("tls")));
  }

  private static String reachable(String host) {
    if (host.isEmpty() || ANY_ADDRESS.contains(host)) {
      throw new IllegalArgumentException("an address that other nodes can reach is expected");
    }
    return host;
  }

  private static Meeting meeting(ConfigBlock cluster) {
    var seeds = cluster.words("seed-nodes");
    var discovery = cluster.block("discovery");
    var name = discovery.maybe("dns-name");
    if (!seeds.isEmpty() && name.isPresent()) {
      throw new StartFailure(
          "parley.cluster.seed-nodes and parley.cluster.discovery.dns-name: only one may be set");
    }
    if (name.isPresent()) {
      return new Dns(
          name.get(), discovery.number("port", 1, 65535), discovery.number("nodes-min", 1, 1000));
    }
    if (seeds.isEmpty()) {
      return new Alone();
    }
    seeds.stream()
        .filter(seed -> !seed.matches("(\\[[0-9a-fA-F:]+]|[^:@/\\s]+):\\d{1,5}"))
        .findFirst()
        .ifPresent(seed -> {
          throw new StartFailure(
              "parley.cluster.seed-nodes: \"%s\" is no host:port".formatted(seed));
        });
    return new Seeds(seeds);
  }

  private static Optional<Tls> tls(ConfigBlock tls) {
    return tls.flag("enabled")
        ? Optional.of(
            new Tls(file(tls, "key-file"), file(tls, "cert-file"), file(tls, "ca-cert-file")))
        : Optional.empty();
  }

  private static Path file(ConfigBlock tls, String key) {
    return tls.parsed(
        key,
        name -> {
          var file = Path.of(name).toAbsolutePath();
          if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("\"%s\" cannot be read".formatted(name));
          }
          return file;
        });
  }
}
