package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.server.Route;
import java.util.function.Supplier;
import parley.limit.RateLimits;
import parley.limit.TokenBuckets;
import parley.message.Caller;

/** Refuses those who ask for too much, and tells them when to come back. */
final class Throttle {

  private final RateLimits limits;
  private final ClientAddress addresses;

  Throttle(RateLimits limits, ClientAddress addresses) {
    this.limits = limits;
    this.addresses = addresses;
  }

  /** For who is not signed in yet. */
  Route signIn(Supplier<Route> route) {
    return extractRequest(request -> limited(limits.signIns(), addresses.of(request), route));
  }

  /** For what reaches others. */
  Route send(Caller caller, Supplier<Route> route) {
    return limited(limits.sends(), caller.user().value(), route);
  }

  /** For what uses up what others have laid in. */
  Route keyPackages(Caller caller, Supplier<Route> route) {
    return limited(limits.keyPackages(), caller.user().value(), route);
  }

  /** For everything else. */
  Route call(Caller caller, Supplier<Route> route) {
    return limited(limits.calls(), caller.user().value(), route);
  }

  private static Route limited(TokenBuckets buckets, String key, Supplier<Route> route) {
    return buckets.take(key).map(wait -> complete(Problems.tooMany(wait))).orElseGet(route);
  }
}
