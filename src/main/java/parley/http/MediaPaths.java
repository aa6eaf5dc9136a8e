package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.delete;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.onSuccess;
import static akka.http.javadsl.server.Directives.options;
import static akka.http.javadsl.server.Directives.patch;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEnd;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.Directives.post;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.Route;
import java.util.function.Function;
import parley.media.Access;
import parley.message.Caller;
import parley.message.Failure;

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

  private static final HttpResponse SESSION_ENDED =
      Problems.answer(Failure.UNAUTHENTICATED, "This session has ended; sign in again");

  private final MediaRoutes media;
  private final UploadRoutes uploads;
  private final Access access;
  private final Guard as;
  private final Guard asSender;

  /** Lets those in who are signed in. */
  interface Guard extends Function<Function<Caller, Route>, Route> {}

  MediaPaths(MediaRoutes.Way way, Guard as, Guard asSender) {
    this.access = way.access();
    this.media = new MediaRoutes(way);
    this.uploads = new UploadRoutes(way.uploads());
    this.as = as;
    this.asSender = asSender;
  }

  /** The bytes: those who want a picture need not take JSON. */
  Route files() {
    return pathPrefix(
        "media",
        () ->
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
        pathEnd(() -> post(() -> signedIn(asSender, media::post))),
        path(segment(), id -> delete(() -> signedIn(as, caller -> media.delete(id, caller)))),
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
                post(() -> signedIn(asSender, uploads::create)))),
        path(
            segment(),
            id ->
                concat(
                    options(() -> uploads.options(ON_UPLOAD)),
                    get(() -> signedIn(as, caller -> uploads.find(id, caller))),
                    patch(() -> signedIn(as, caller -> uploads.append(id, caller))),
                    post(() -> signedIn(as, caller -> uploads.override(id, caller))),
                    delete(() -> signedIn(as, caller -> uploads.end(id, caller))))));
  }

  /** For what no user's actor is asked about otherwise. */
  private Route signedIn(Guard guard, Function<Caller, Route> route) {
    return guard.apply(caller ->
        onSuccess(
            access.isSignedIn(caller),
            isSignedIn -> isSignedIn ? route.apply(caller) : complete(SESSION_ENDED)));
  }
}
