package parley.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import parley.wire.Json;

/** Answers that are no problems. */
final class Answers {

  private Answers() {}

  /** Done, and there is nothing to say about it. */
  static HttpResponse done() {
    return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT);
  }

  /** Names the page after this one. */
  static HttpHeader next(String path) {
    return RawHeader.create("Link", "<" + path + ">; rel=\"next\"");
  }

  /** One of the wire's views, or a list of them. */
  static HttpResponse json(StatusCode status, Object view) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(view)));
  }
}
