package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import akka.http.javadsl.server.Route;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import parley.message.Failure;

/**
 * Refuses clients that do not take JSON. It does so before the route, which would else have done
 * its work by the time that its answer is not wanted.
 */
final class AcceptHeader {

  private AcceptHeader() {}

  static Route takesJson(Supplier<Route> route) {
    return extractRequest(request ->
        acceptsJson(request)
            ? route.get()
            : complete(
                Problems.answer(Failure.NOT_ACCEPTABLE, "Only application/json can be had here")));
  }

  private static boolean acceptsJson(HttpRequest request) {
    return request
        .getHeader(Accept.class)
        .map(accept ->
            StreamSupport.stream(accept.getMediaRanges().spliterator(), false)
                .anyMatch(
                    range -> range.qValue() > 0 && range.matches(MediaTypes.APPLICATION_JSON)))
        .orElse(true);
  }
}
