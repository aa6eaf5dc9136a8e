package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.extractRequest;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Allow;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.Rejection;
import akka.http.javadsl.server.RejectionHandler;
import java.util.List;
import java.util.TreeSet;
import parley.message.Failure;

/** What becomes of requests that no route takes. */
final class Rejections {

  private Rejections() {}

  static RejectionHandler handler() {
    return RejectionHandler.newBuilder()
        .handleAll(
            MethodRejection.class,
            rejections -> extractRequest(request -> complete(otherMethod(request, rejections))))
        // Our routes make no others; one of Akka's own would still be the client's doing.
        .handle(
            Rejection.class,
            rejection ->
                complete(Problems.answer(Failure.MALFORMED_REQUEST, "It cannot be understood")))
        .handleNotFound(
            complete(Problems.answer(Failure.NOT_FOUND, "There is nothing under this path")))
        .build();
  }

  /** OPTIONS asks for the methods; any other method is refused and told them too. */
  private static HttpResponse otherMethod(HttpRequest request, List<MethodRejection> rejections) {
    var names = new TreeSet<String>();
    rejections.forEach(rejection -> names.add(rejection.supported().value()));
    if (names.contains(HttpMethods.GET.value())) {
      names.add(HttpMethods.HEAD.value());
    }
    names.add(HttpMethods.OPTIONS.value());
    var methods =
        names.stream()
            .map(name -> HttpMethods.lookup(name).orElseThrow())
            .toArray(HttpMethod[]::new);
    var response =
        request.method().equals(HttpMethods.OPTIONS)
            ? HttpResponse.create().withStatus(StatusCodes.NO_CONTENT)
            : Problems.answer(
                Failure.METHOD_NOT_ALLOWED, "Allowed are " + String.join(", ", names));
    return response.addHeader(Allow.create(methods));
  }
}
