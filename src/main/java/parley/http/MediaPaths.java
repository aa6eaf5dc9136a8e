package parley.http;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.options;
import static akka.http.javadsl.server.Directives.patch;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.server.Route;
import java.util.function.Function;
import parley.message.Caller;

/** The URL map of media and uploads. */
final class MediaPaths {

  private static final HttpMethod[] ON_UPLOAD = {
    HttpMethods.DELETE,
    HttpMethods.GET,
    HttpMethods.HEAD,
    HttpMethods.OPTIONS,
    HttpMethods.PATCH,
    HttpMethods.POST
  };

  private final MediaRoutes media;
  private final UploadRoutes uploads;
  private final Guard as;
  private final Guard asSender;

  /** Lets those in who are signed in. */
  interface Guard extends Function<Function<Caller, Route>, Route> {}

  MediaPaths(MediaRoutes.Way way, Guard as, Guard asSender) {
    this.media = new MediaRoutes(way);
    this.uploads = new UploadRoutes(way.uploads());
    this.as = as;
    this.asSender = asSender;
  }

  /** The bytes: those who want a picture need not take JSON. */
  Route files() {
    return pathPrefix("media", () ->
        concat(
            path(segment(), id -> get(() -> as.apply(caller -> media.bytes(id, caller)))),
            path(
                segment().slash("links").slash(segment()),
                (id, signature) -> get(() -> media.linked(id, signature)))));
  }

  Route all() {
    return concat(pathPrefix("media", this::media), pathPrefix("uploads", this::uploads));
  }

  private Route media() {
    return concat(
        pathEnd(() -> post(() -> asSender.apply(media::post))),
        path(segment(), id -> delete(() -> as.apply(caller -> media.delete(id, caller)))),
        path(segment().slash("info"), id -> get(() -> as.apply(caller -> media.info(id, caller)))),
        path(
            segment().slash("links"),
            id -> post(() -> as.apply(caller -> media.link(id, caller)))));
  }

  private Route uploads() {
    return concat(
        pathEnd(() ->
            concat(
                options(() -> uploads.options(HttpMethods.OPTIONS, HttpMethods.POST)),
                post(() -> asSender.apply(uploads::create)))),
        path(
            segment(),
            id ->
                concat(
                    options(() -> uploads.options(ON_UPLOAD)),
                    get(() -> as.apply(caller -> uploads.find(id, caller))),
                    patch(() -> as.apply(caller -> uploads.append(id, caller))),
                    post(() -> as.apply(caller -> uploads.override(id, caller))),
                    delete(() -> as.apply(caller -> uploads.end(id, caller))))));
  }
}
