package parley.push;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where notifications may be sent. Endpoints come from clients: without this, a client could make
 * the node call whatever the node can reach and the client cannot.
 *
 * @param allowLocal also this machine and its networks, and without TLS: for tests
 */
public record Destinations(boolean allowLocal) {

  private static final int CHARACTERS_MAX = 2048;
  private static final Pattern IP_LITERAL = Pattern.compile("\\[.*]|[0-9.]+|0[xX][0-9a-fA-F.xX]+");

  /** The address is not one that a node sends to. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * The endpoint, if its form is one that may be sent to. Throws {@link IllegalArgumentException},
   * with the reason in words, otherwise. What its name stands for is looked up when it is sent to.
   */
  public String checked(String endpoint) {
    if (endpoint.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("at most %d characters".formatted(CHARACTERS_MAX));
    }
    var uri = URI.create(endpoint);
    if (uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("an https URL is expected");
    }
    var schemes = allowLocal ? Set.of("https", "http") : Set.of("https");
    if (!schemes.contains(uri.getScheme())) {
      throw new IllegalArgumentException("an https URL is expected");
    }
    if (!allowLocal && isLocalInForm(uri.getHost())) {
      throw new IllegalArgumentException("a push service has a public name");
    }
    return endpoint;
  }

  /** Push services have names; an address in its place is none of theirs. */
  private static boolean isLocalInForm(String host) {
    return IP_LITERAL.matcher(host).matches()
        || host.equalsIgnoreCase("localhost")
        || !host.contains(".");
  }

  /** Throws {@link Refused} when any address of the endpoint's host is not public. Blocks. */
  void check(URI endpoint) throws UnknownHostException {
    if (allowLocal) {
      return;
    }
    for (var address : InetAddress.getAllByName(endpoint.getHost())) {
      if (!isPublic(address)) {
        throw new Refused("The push service's name stands for an address that is not public");
      }
    }
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    return switch (address) {
      case Inet4Address v4 -> isPublic(v4.getAddress());
      case Inet6Address v6 -> isPublicV6(v6.getAddress());
      default -> false;
    };
  }

  /** What IANA's registry of special-purpose addresses has besides. */
  private static boolean isPublic(byte[] v4) {
    int first = v4[0] & 0xFF;
    int second = v4[1] & 0xFF;
    boolean isSpecial =
        first == 0 // this network
            || first >= 240 // reserved, broadcast
            || first == 100 && (second & 0xC0) == 64 // carriers' NAT
            || first == 192 && second == 0 // protocol assignments, documentation
            || first == 198 && (second & 0xFE) == 18 // benchmarks
            || first == 198 && second == 51 // documentation
            || first == 203 && second == 0 && (v4[2] & 0xFF) == 113; // documentation
    return !isSpecial;
  }

  /** Global unicast is 2000::/3; in it are tunnels, which lead to an address of version 4. */
  private static boolean isPublicV6(byte[] v6) {
    boolean isGlobalUnicast = (v6[0] & 0xE0) == 0x20;
    boolean is6to4 = v6[0] == 0x20 && v6[1] == 0x02;
    boolean isTeredo = v6[0] == 0x20 && v6[1] == 0x01 && v6[2] == 0 && v6[3] == 0;
    return isGlobalUnicast && !is6to4 && !isTeredo;
  }
}
