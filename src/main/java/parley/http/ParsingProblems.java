package parley.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.model.StatusCodes;
import akka.http.scaladsl.settings.ServerSettings;
import parley.message.Failure;
import parley.message.Refusal;
import parley.wire.Problem;

/**
 * Answers what is so malformed that it is no request. Akka HTTP makes one of these for each
 * connection, by name: so it is public and has no parameters.
 */
public final class ParsingProblems extends ParsingErrorHandler {

  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    var failure =
        status.intValue() == StatusCodes.ContentTooLarge().intValue()
            ? Failure.TOO_LARGE
            : Failure.MALFORMED_REQUEST;
    var detail = error.summary().isEmpty() ? status.reason() : error.summary();
    return Problems.answer(Problem.of(new Refusal(failure, detail), status.intValue()));
  }
}
