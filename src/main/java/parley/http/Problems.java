package parley.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.http.scaladsl.model.ExceptionWithErrorInfo;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.account.BusyException;
import parley.message.Failure;
import parley.message.Refusal;
import parley.wire.Json;
import parley.wire.Problem;
import parley.wire.RefusedInput;

/** Every error as a problem (RFC 9457). What went wrong inside stays inside: it is logged. */
final class Problems {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);
  private static final ContentType TYPE = ContentTypes.parse(Problem.MEDIA_TYPE);

  private static final StatusCode CHECKSUM_MISMATCH =
      StatusCodes.custom(460, "Checksum Mismatch", "Checksum mismatch", false, true);

  private Problems() {}

  static HttpResponse answer(Failure failure, String detail) {
    return answer(new Refusal(failure, detail));
  }

  static HttpResponse answer(Refusal refusal) {
    return answer(Problem.of(refusal));
  }

  /** Says how to sign in with every 401, as RFC 9110 demands. */
  static HttpResponse answer(Problem problem) {
    var response =
        HttpResponse.create()
            .withStatus(status(problem.status()))
            .withEntity(HttpEntities.create(TYPE, Json.bytes(problem)));
    return problem.status() == StatusCodes.UNAUTHORIZED.intValue()
        ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"))
        : response;
  }

  /** One that HTTP itself does not know: tus says it. */
  private static StatusCode status(int code) {
    return code == CHECKSUM_MISMATCH.intValue() ? CHECKSUM_MISMATCH : StatusCodes.get(code);
  }

  /** The client has asked for too much and may come back after {@code wait}. */
  static HttpResponse tooMany(Duration wait) {
    long seconds = wait.plusSeconds(1).minusNanos(1).toSeconds();
    return answer(Failure.TOO_MANY_REQUESTS, "Too much at once; try again in " + seconds + " s")
        .addHeader(RawHeader.create("Retry-After", Long.toString(seconds)));
  }

  /** A route has not answered in time. */
  static HttpResponse late(HttpRequest request) {
    log.warn("Request timed out, method={} path={}", method(request), path(request));
    return answer(Failure.BUSY, "There was no answer in time; try again");
  }

  /** A route has failed. Only what is not the client's doing is logged. */
  static HttpResponse answer(HttpRequest request, Throwable failure) {
    return switch (failure) {
      case CompletionException wrapper when wrapper.getCause() != null ->
          answer(request, wrapper.getCause());
      case RefusedInput refused -> answer(refused.refusal());
      case EntityStreamSizeException tooLarge ->
          answer(Failure.TOO_LARGE, "The body is far larger than is allowed");
      case ExceptionWithErrorInfo malformed ->
          answer(Failure.MALFORMED_REQUEST, malformed.info().summary());
      case JsonBody.TooSlow slow -> tooSlow(slow);
      case Unreadable unreadable -> unreadable(request, unreadable);
      case BusyException busy -> answer(Failure.BUSY, busy.getMessage());
      case TimeoutException timeout -> late(request);
      default -> internal(request, failure);
    };
  }

  private static HttpResponse tooSlow(JsonBody.TooSlow failure) {
    var refusal = new Refusal(Failure.BUSY, failure.getMessage());
    return answer(Problem.of(refusal, StatusCodes.REQUEST_TIMEOUT.intValue()));
  }

  private static HttpResponse unreadable(HttpRequest request, Unreadable failure) {
    log.warn("Store not readable, method={} path={}", method(request), path(request), failure);
    return answer(Failure.BUSY, failure.getMessage());
  }

  private static HttpResponse internal(HttpRequest request, Throwable failure) {
    var correlation = UUID.randomUUID();
    log.error(
        "Request failed, correlation={} method={} path={}",
        correlation,
        method(request),
        path(request),
        failure);
    return answer(
        Failure.INTERNAL, "Something went wrong; the log tells more under " + correlation);
  }

  private static String method(HttpRequest request) {
    return request.method().value();
  }

  /** Without the query, which may hold a secret. */
  private static String path(HttpRequest request) {
    return request.getUri().getPathString();
  }
}
