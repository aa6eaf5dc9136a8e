package parley.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
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

  /** {@code 192.0.2.7}, {@code 192.0.2.7:80}: digits alone, or Java would ask for a name. */
  private static final Pattern V4 =
      Pattern.compile(
          "((?:OCTET\\.){3}OCTET)(?::\\d{1,5})?"
              .replace("OCTET", "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)"));

  private static final String DIGITS = "([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,40})";

  /** {@code 2001:db8::1} */
  private static final Pattern V6 = Pattern.compile(DIGITS);

  /** {@code [2001:db8::1]}, {@code [2001:db8::1]:80} */
  private static final Pattern V6_IN_BRACKETS =
      Pattern.compile("\\[" + DIGITS + "\\](?::\\d{1,5})?");

  ClientAddress {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /** The name of the bucket that requests from there share. */
  String of(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(RemoteAddress::getAddress)
        .map(peer -> network(nearestUntrusted(peer, forwardedFor(request))))
        .orElse("unknown");
  }

  /** The address, without the port that some proxies write behind it; empty: it is none. */
  private static Optional<InetAddress> hop(String text) {
    var hop = text.strip();
    return Stream.of(V4, V6, V6_IN_BRACKETS)
        .map(form -> form.matcher(hop))
        .filter(Matcher::matches)
        .findFirst()
        .flatMap(form -> AddressRange.address(form.group(1)));
  }

  /** Every hop that the request names, as it is written. */
  private static List<String> forwardedFor(HttpRequest request) {
    var hops = new ArrayList<String>();
    request
        .getHeaders()
        .forEach(header -> {
          if (header.is(FORWARDED_FOR)) {
            hops.addAll(List.of(header.value().split(",")));
          }
        });
    return hops;
  }

  /**
   * From the end: each hop was written down by the one after it. What stands before one that cannot
   * be read, or before one that is not trusted, might be anybody's word.
   */
  private InetAddress nearestUntrusted(InetAddress peer, List<String> hops) {
    var nearest = peer;
    for (int i = hops.size() - 1; i >= 0 && isTrusted(nearest); i--) {
      var before = hop(hops.get(i));
      if (before.isEmpty()) {
        break;
      }
      nearest = before.get();
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
