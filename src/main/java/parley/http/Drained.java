package parley.http;

import static akka.http.javadsl.server.Directives.extractMaterializer;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.mapRouteResultWith;
import static java.util.concurrent.CompletableFuture.completedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.server.RouteResult;
import akka.stream.Materializer;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Reads what is left of a request before it is answered: a client that is still writing would find
 * the connection closed, and not the answer.
 *
 * @param bytesMax where that ends
 */
record Drained(long bytesMax) {

  Route before(Supplier<Route> route) {
    return extractMaterializer(materializer ->
        extractRequest(request ->
            mapRouteResultWith(result -> drained(result, request, materializer), route)));
  }

  private CompletionStage<RouteResult> drained(
      RouteResult result, HttpRequest request, Materializer materializer) {
    if (request.entity().isStrict()) {
      return completedStage(result);
    }
    // It fails when a route has read the body already; then there is nothing left to do.
    return request
        .entity()
        .withSizeLimit(bytesMax)
        .discardBytes(materializer)
        .completionStage()
        .handle((done, failure) -> result);
  }
}
