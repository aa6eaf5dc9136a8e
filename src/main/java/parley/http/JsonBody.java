package parley.http;

import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractMaterializer;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.RequestEntity;
import akka.http.javadsl.model.headers.ContentEncoding;
import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import parley.message.Failure;
import parley.wire.Fields;
import parley.wire.Json;
import parley.wire.RefusedInput;

/**
 * Reads JSON objects from request bodies.
 *
 * <p>A body without a content type is taken for JSON; one of another type is refused.
 *
 * @param bytesMax the most that a body may have; over it: TOO_LARGE
 */
record JsonBody(int bytesMax) {

  /** A client that needs longer for a body this small has gone away. */
  private static final Duration RECEIVE_TIMEOUT = Duration.ofSeconds(15);

  /**
   * A body that does not tell its length is read up to so many times the limit before it is
   * refused: a client that is still writing would find the connection closed, and not the answer.
   */
  private static final long CHUNKED_FACTOR = 4;

  /** What Akka HTTP takes a body for that says nothing about itself. */
  private static final String UNTYPED = "octet-stream";

  /** Answers with what {@code handle} makes of the object that must be there. */
  <T> Route required(Function<Fields, T> form, Function<T, CompletionStage<HttpResponse>> handle) {
    return with(body -> handle.apply(form.apply(Json.object(body))));
  }

  /** Answers with what {@code handle} makes of the object, or of an empty body. */
  <T> Route optional(
      Function<Fields, T> form, Function<Optional<T>, CompletionStage<HttpResponse>> handle) {
    return with(body ->
        handle.apply(Optional.of(body).filter(b -> b.length > 0).map(Json::object).map(form)));
  }

  private Route with(Function<byte[], CompletionStage<HttpResponse>> handle) {
    return extractMaterializer(materializer ->
        extractRequest(
            request -> completeWithFuture(read(request, materializer).thenCompose(handle))));
  }

  private CompletionStage<byte[]> read(HttpRequest request, Materializer materializer) {
    var entity = request.entity();
    if (entity.isKnownEmpty()) {
      return completedStage(new byte[0]);
    }
    checkLength(entity.getContentLengthOption().orElse(0));
    checkType(request);
    return entity
        .withSizeLimit(CHUNKED_FACTOR * bytesMax)
        .toStrict(RECEIVE_TIMEOUT.toMillis(), Long.MAX_VALUE, materializer)
        .exceptionallyCompose(
            failure -> failedStage(failure instanceof TimeoutException ? new TooSlow() : failure))
        .thenApply(strict -> {
          checkLength(strict.getData().length());
          return strict.getData().toArrayUnsafe();
        });
  }

  /** The client has not sent its body in time. */
  static final class TooSlow extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Without a stack trace: it tells of the client, not of this program. */
    TooSlow() {
      super(
          "The body has not come within " + RECEIVE_TIMEOUT.toSeconds() + " s", null, false, false);
    }
  }

  private void checkLength(long bytes) {
    if (bytes > bytesMax) {
      throw new RefusedInput(
          Failure.TOO_LARGE,
          "The body has %d bytes, %d at most are allowed".formatted(bytes, bytesMax));
    }
  }

  private static void checkType(HttpRequest request) {
    if (!isJson(request.entity())) {
      throw new RefusedInput(
          Failure.UNSUPPORTED_MEDIA_TYPE,
          "The content type is %s, application/json is expected"
              .formatted(request.entity().getContentType()));
    }
    if (isEncoded(request)) {
      throw new RefusedInput(
          Failure.UNSUPPORTED_MEDIA_TYPE, "A body with a content encoding is not read here");
    }
  }

  private static boolean isJson(RequestEntity entity) {
    var type = entity.getContentType().mediaType();
    return type.mainType().equals("application")
        && (type.subType().equals("json") || type.subType().equals(UNTYPED));
  }

  private static boolean isEncoded(HttpRequest request) {
    return request
        .getHeader(ContentEncoding.class)
        .map(header -> StreamSupport.stream(header.getEncodings().spliterator(), false))
        .stream()
        .flatMap(Function.identity())
        .anyMatch(encoding -> !encoding.value().equalsIgnoreCase("identity"));
  }
}
