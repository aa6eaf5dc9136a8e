package parley.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import parley.wire.Json;

/** Answers that carry JSON. */
final class Answers {

  private Answers() {}

  /** One of the wire's views, or a list of them. */
  static HttpResponse json(StatusCode status, Object view) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(view)));
  }
}
