package parley.http;

import static akka.http.javadsl.server.Directives.complete;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import parley.docs.Documents;
import parley.message.Failure;

/** The documents of REST and of the socket, for programs and for people. No token is needed. */
final class DocsRoutes {

  /** The pages need nothing but their own style: whatever slipped into them would not run. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

  /** GET /docs */
  Route index() {
    return file(Documents.INDEX);
  }

  /** GET /docs/{name} */
  Route file(String name) {
    return Documents.find(name)
        .map(document ->
            complete(
                HttpResponse.create()
                    .addHeader(RawHeader.create("Content-Security-Policy", POLICY))
                    .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                    .withEntity(HttpEntities.create(type(document.kind()), document.bytes()))))
        .orElseGet(() -> complete(Problems.answer(Failure.NOT_FOUND, "No such document")));
  }

  private static ContentType type(Documents.Kind kind) {
    return switch (kind) {
      case JSON -> ContentTypes.APPLICATION_JSON;
      case HTML -> ContentTypes.TEXT_HTML_UTF8;
      case CSS -> ContentTypes.parse("text/css; charset=UTF-8");
    };
  }
}
