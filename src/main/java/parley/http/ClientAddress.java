package parley.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a request comes from: whoever opened the connection, or, when that is a trusted proxy, whom
 * the proxy names in X-Forwarded-For. What anybody else writes into that header is not believed.
 */
record ClientAddress(List<AddressRange> trustedProxies) {

  /** A household or a server has this many bits of an IPv6 address in common, and may use all. */
  private static final int NETWORK_BITS = 64;

  private static final String FORWARDED_FOR = "x-forwarded-for";

  /** {@code 192.0.2.7}, {@code 192.0.2.7:80}, {@code 2001:db8::1}, {@code [2001:db8::1]:80}. */
  private static final Pattern HOP =
      Pattern.compile(
          "(?<v4>(OCTET\\.){3}OCTET)(:\\d+)?|(?<v6>[^\\]\\[]*:[^\\]\\[]*)|\\[(?<boxed>.*:.*)\\](:\\d+)?"
              .replace("OCTET", "(25[0-5]|2[0-4]\\d|1?\\d?\\d)"));

  ClientAddress {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** The name of the bucket that requests from there share. */
  String of(HttpRequest request) {
    var hops = new ArrayList<Optional<InetAddress>>();
    request
        .getHeaders()
        .forEach(header -> {
          if (header.is(FORWARDED_FOR)) {
            Stream.of(header.value().split(",")).map(ClientAddress::hop).forEach(hops::add);
          }
        });
    request
        .getAttribute(AttributeKeys.remoteAddress)
        .ifPresent(peer -> hops.add(peer.getAddress()));
    return nearestUntrusted(hops).map(ClientAddress::network).orElse("unknown");
  }

  /** The address, without the port that some proxies write behind it; empty: it is none. */
  private static Optional<InetAddress> hop(String text) {
    var hop = HOP.matcher(text.strip());
    return hop.matches()
        ? Stream.of("v4", "v6", "boxed")
            .map(hop::group)
            .filter(Objects::nonNull)
            .findFirst()
            .flatMap(AddressRange::address)
        : Optional.empty();
  }

  /**
   * From the end: each hop was written down by the one after it. What stands before one that cannot
   * be read, or before one that is not trusted, might be anybody's word.
   */
  private Optional<InetAddress> nearestUntrusted(List<Optional<InetAddress>> hops) {
    Optional<InetAddress> nearest = Optional.empty();
    for (var hop : hops.reversed()) {
      if (hop.isEmpty()) {
        break;
      }
      nearest = hop;
      if (!isTrusted(hop.get())) {
        break;
      }
    }
    return nearest;
  }

  private boolean isTrusted(InetAddress hop) {
    return trustedProxies.stream().anyMatch(proxies -> proxies.contains(hop));
  }

  private static String network(InetAddress address) {
    return HexFormat.of().formatHex(AddressRange.first(address, NETWORK_BITS));
  }
}
