package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.conditional;
import static akka.http.javadsl.server.Directives.extractRequest;
import static akka.http.javadsl.server.Directives.extractUnmatchedPath;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.reject;
import static akka.http.javadsl.server.Directives.respondWithHeaders;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.AcceptEncoding;
import akka.http.javadsl.model.headers.EntityTag;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import akka.http.scaladsl.model.headers.HttpEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import parley.web.WebApp;
import parley.web.WebFile;
import parley.web.WebFile.Coding;

/**
 * The web app: its files, and nothing for any other path, so that what the API does not have stays
 * a problem. What has a hash in its name is kept by browsers for good; for the rest they ask each
 * time whether it has changed. No token is needed.
 */
final class WebRoutes {

  /** Nothing but what this server has, no script or style within a page, in nobody's frame. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
          + "media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
          + "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'";

  private static final List<HttpHeader> PROTECTION =
      List.of(
          RawHeader.create("Content-Security-Policy", POLICY),
          RawHeader.create("X-Content-Type-Options", "nosniff"),
          RawHeader.create("Referrer-Policy", "no-referrer"),
          // What the app asks for when it is used: pictures, voice messages.
          RawHeader.create(
              "Permissions-Policy",
              "camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), serial=(), "
                  + "midi=(), display-capture=(), browsing-topics=()"),
          RawHeader.create("Cross-Origin-Opener-Policy", "same-origin"),
          RawHeader.create("Cross-Origin-Resource-Policy", "same-origin"));

  private static final HttpHeader FOR_GOOD =
      RawHeader.create("Cache-Control", "public, max-age=31536000, immutable");
  private static final HttpHeader ASK_EACH_TIME = RawHeader.create("Cache-Control", "no-cache");
  private static final HttpHeader VARIES = RawHeader.create("Vary", "Accept-Encoding");

  private final WebApp app;

  WebRoutes(WebApp app) {
    this.app = app;
  }

  /** GET of any path that the app has a file for. */
  Route files() {
    return extractUnmatchedPath(path ->
        app.find(path)
            .map(file -> get(() -> extractRequest(request -> answer(file, request))))
            .orElseGet(() -> path.equals("/") && !app.isBuilt() ? get(this::absent) : reject()));
  }

  private Route absent() {
    return complete(
        HttpResponse.create()
            .withEntity(
                HttpEntities.create(
                    ContentTypes.TEXT_PLAIN_UTF8,
                    "This node was built without the web app; /docs tells what else it has.\n")));
  }

  private static Route answer(WebFile file, HttpRequest request) {
    var coding = coding(file, request);
    var form = file.forms().get(coding);
    return respondWithHeaders(
        headers(file),
        () ->
            conditional(
                EntityTag.create(form.tag(), false),
                () -> complete(encoded(coding).withEntity(entity(file, form)))));
  }

  private static Iterable<HttpHeader> headers(WebFile file) {
    var headers = new ArrayList<>(PROTECTION);
    headers.add(file.hasHashedName() ? FOR_GOOD : ASK_EACH_TIME);
    headers.add(VARIES);
    return headers;
  }

  private static HttpResponse encoded(Coding coding) {
    return coding == Coding.IDENTITY
        ? HttpResponse.create()
        : HttpResponse.create().addHeader(RawHeader.create("Content-Encoding", coding.token()));
  }

  private static HttpEntity.Strict entity(WebFile file, WebFile.Form form) {
    return HttpEntities.create(ContentTypes.parse(file.mediaType()), form.bytes());
  }

  /** The best that there is and that the client takes; else as it is. */
  private static Coding coding(WebFile file, HttpRequest request) {
    return Stream.of(Coding.BROTLI, Coding.GZIP)
        .filter(coding -> file.forms().containsKey(coding) && isTaken(coding, request))
        .findFirst()
        .orElse(Coding.IDENTITY);
  }

  private static boolean isTaken(Coding coding, HttpRequest request) {
    var encoding = HttpEncoding.custom(coding.token());
    var ranges =
        request.getHeader(AcceptEncoding.class).stream()
            .flatMap(it -> StreamSupport.stream(it.getEncodings().spliterator(), false))
            .filter(range -> range.matches(encoding))
            .toList();
    return !ranges.isEmpty() && ranges.stream().allMatch(range -> range.qValue() > 0);
  }
}
