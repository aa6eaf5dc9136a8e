package parley.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A node's place among others; application.conf says what each value is for.
 *
 * @param roles at least one
 * @param host where other nodes reach this one
 * @param port likewise; 0 takes any free one
 * @param tls empty: nodes talk in clear text
 */
public record ClusterSettings(
    Set<Role> roles,
    Placement placement,
    String host,
    int port,
    Meeting meeting,
    Optional<Tls> tls) {

  public ClusterSettings {
    roles = Set.copyOf(roles);
  }

  /** How a node finds the others. */
  public sealed interface Meeting {}

  /** There are none. */
  public record Alone() implements Meeting {}

  /**
   * At known addresses, {@code host:port}; the first of them begins a new cluster when none of the
   * others has one.
   */
  public record Seeds(List<String> addresses) implements Meeting {

    public Seeds {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * At the addresses that a DNS name has, as that of a headless service in Kubernetes.
   *
   * @param port where every node tells the others which cluster it is in
   * @param nodesMin as many have to be found before a new cluster is begun
   */
  public record Dns(String name, int port, int nodesMin) implements Meeting {}

  /**
   * Nodes show each other certificates: PEM files, read again every few minutes.
   *
   * @param caCertificate of the authority that has signed those of all nodes
   */
  public record Tls(Path key, Path certificate, Path caCertificate) {}

  /** Whether the node does that. */
  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** Whether there may be other nodes. */
  public boolean hasPeers() {
    return !(meeting instanceof Alone);
  }
}
