package parley.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import akka.http.javadsl.model.headers.XForwardedFor;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Where a request comes from: whoever opened the connection, or, when that is a trusted proxy, whom
 * the proxy names in X-Forwarded-For. What anybody else writes into that header is not believed.
 */
record ClientAddress(List<AddressRange> trustedProxies) {

  /** A household or a server has this many bits of an IPv6 address in common, and may use all. */
  private static final int NETWORK_BITS = 64;

  ClientAddress {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** The name of the bucket that requests from there share. */
  String of(HttpRequest request) {
    var hops = new ArrayList<InetAddress>();
    request
        .getHeaders()
        .forEach(header -> {
          if (header instanceof XForwardedFor forwarded) {
            forwarded.getAddresses().forEach(hop -> hop.getAddress().ifPresent(hops::add));
          }
        });
    request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(RemoteAddress::getAddress)
        .ifPresent(hops::add);
    return nearestUntrusted(hops).map(ClientAddress::network).orElse("unknown");
  }

  /** From the end: each hop was written down by the one after it. */
  private Optional<InetAddress> nearestUntrusted(List<InetAddress> hops) {
    return hops.reversed().stream()
        .filter(hop -> trustedProxies.stream().noneMatch(proxies -> proxies.contains(hop)))
        .findFirst()
        .or(() -> hops.stream().findFirst());
  }

  private static String network(InetAddress address) {
    return HexFormat.of().formatHex(AddressRange.first(address, NETWORK_BITS));
  }
}
