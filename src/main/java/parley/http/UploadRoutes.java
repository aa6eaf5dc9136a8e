package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Allow;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.Route;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import parley.media.Checksum;
import parley.media.Facts;
import parley.media.MediumReply;
import parley.media.Uploads;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.MediaId;
import parley.message.Refusal;
import parley.wire.Problem;
import parley.wire.RefusedInput;

/** Uploads that can be resumed, by tus 1.0 (https://tus.io/protocols/resumable-upload). */
final class UploadRoutes {

  private static final String VERSION = "1.0.0";
  private static final String EXTENSIONS =
      "creation,creation-with-upload,checksum,expiration,termination";
  private static final String BYTES = "offset+octet-stream";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final HttpHeader RESUMABLE = RawHeader.create("Tus-Resumable", VERSION);

  private final Uploads uploads;

  UploadRoutes(Uploads uploads) {
    this.uploads = uploads;
  }

  /** OPTIONS: what is spoken here. Needs no token. */
  Route options(HttpMethod... methods) {
    return complete(
        HttpResponse.create()
            .withStatus(StatusCodes.NO_CONTENT)
            .addHeader(Allow.create(methods))
            .addHeader(RESUMABLE)
            .addHeader(RawHeader.create("Tus-Version", VERSION))
            .addHeader(RawHeader.create("Tus-Extension", EXTENSIONS))
            .addHeader(
                RawHeader.create("Tus-Max-Size", Long.toString(uploads.limits().fileBytesMax())))
            .addHeader(
                RawHeader.create(
                    "Tus-Checksum-Algorithm", String.join(",", Checksum.algorithms()))));
  }

  /** POST /uploads */
  Route create(Caller caller) {
    return tus(request -> {
      var metadata = metadata(request);
      long length = number(request, "Upload-Length");
      return uploads
          .open(
              caller.user(),
              Optional.ofNullable(metadata.get("filename")).flatMap(FileName::of),
              length,
              "true".equals(metadata.get("sealed")))
          .thenCompose(reply ->
              switch (reply) {
                case MediumReply.Refused(Refusal why) -> completedStage(Problems.answer(why));
                case MediumReply.Known(Facts facts) -> created(request, facts);
              });
    });
  }

  private CompletionStage<HttpResponse> created(HttpRequest request, Facts facts) {
    var location = RawHeader.create("Location", "/uploads/" + facts.id());
    if (!hasBytes(request)) {
      return completedStage(progress(StatusCodes.CREATED.intValue(), facts).addHeader(location));
    }
    return completedStage(facts)
        .thenCompose(opened -> append(request, opened, 0))
        .thenApply(reply ->
            switch (reply) {
              // It exists: the client goes on from where it is.
              case MediumReply.Refused(Refusal why) -> Problems.answer(why).addHeader(location);
              case MediumReply.Known(Facts now) ->
                  progress(StatusCodes.CREATED.intValue(), now).addHeader(location);
            })
        .exceptionallyCompose(failure ->
            // The client never learns of it.
            uploads.remove(facts.owner(), facts.id()).thenCompose(removed -> failedStage(failure)));
  }

  private static boolean hasBytes(HttpRequest request) {
    return request.entity().getContentType().mediaType().subType().equals(BYTES);
  }

  /** HEAD, and so GET, /uploads/{id} */
  Route find(String id, Caller caller) {
    return with(
        id,
        (request, upload) ->
            uploads
                .find(caller.user(), upload)
                .thenApply(reply ->
                    switch (reply) {
                      case MediumReply.Refused(Refusal why) -> Problems.answer(why);
                      case MediumReply.Known(Facts facts) ->
                          progress(StatusCodes.OK.intValue(), facts)
                              .addHeader(
                                  RawHeader.create(
                                      "Upload-Length", Long.toString(facts.sizeBytes())))
                              .addHeader(RawHeader.create("Cache-Control", "no-store"));
                    }));
  }

  /** PATCH /uploads/{id} */
  Route append(String id, Caller caller) {
    return with(
        id,
        (request, upload) -> {
          if (!hasBytes(request)) {
            throw new RefusedInput(
                Failure.UNSUPPORTED_MEDIA_TYPE,
                "The content type application/offset+octet-stream is expected");
          }
          long offset = number(request, "Upload-Offset");
          return uploads
              .find(caller.user(), upload)
              .thenCompose(reply ->
                  switch (reply) {
                    case MediumReply.Refused refused -> completedStage((MediumReply.ToAsk) refused);
                    case MediumReply.Known(Facts facts) -> append(request, facts, offset);
                  })
              .thenApply(reply ->
                  switch (reply) {
                    case MediumReply.Refused(Refusal why) -> Problems.answer(why);
                    case MediumReply.Known(Facts now) ->
                        progress(StatusCodes.NO_CONTENT.intValue(), now);
                  });
        });
  }

  private CompletionStage<MediumReply.ToAsk> append(HttpRequest request, Facts facts, long offset) {
    long left = facts.sizeBytes() - offset;
    if (request.entity().getContentLengthOption().orElse(0) > left && left > 0) {
      throw new RefusedInput(
          Failure.TOO_LARGE, "That is more than the %d bytes that are left".formatted(left));
    }
    var checksum = header(request, "Upload-Checksum").map(text -> checksum(text));
    var bytes = request.entity().withSizeLimit(uploads.limits().fileBytesMax()).getDataBytes();
    return uploads.append(facts.owner(), facts.id(), new Uploads.Chunk(offset, bytes, checksum));
  }

  private static Checksum checksum(String text) {
    try {
      return Checksum.parse(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedInput(
          Failure.MALFORMED_REQUEST, "The header Upload-Checksum: " + e.getMessage());
    }
  }

  /** DELETE /uploads/{id} */
  Route end(String id, Caller caller) {
    return with(
        id,
        (request, upload) ->
            uploads
                .remove(caller.user(), upload)
                .thenApply(reply ->
                    switch (reply) {
                      case MediumReply.Refused(Refusal why) -> Problems.answer(why);
                      case MediumReply.Known gone -> Answers.done();
                    }));
  }

  /** POST /uploads/{id}: for clients that cannot say PATCH or DELETE. */
  Route override(String id, Caller caller) {
    return extractRequest(request ->
        switch (header(request, "X-HTTP-Method-Override").orElse("")) {
          case "PATCH" -> append(id, caller);
          case "DELETE" -> end(id, caller);
          default ->
              complete(
                  Problems.answer(Failure.METHOD_NOT_ALLOWED, "Allowed are DELETE, HEAD, PATCH"));
        });
  }

  /** What is to be done with an upload. */
  private interface OnUpload {
    CompletionStage<HttpResponse> apply(HttpRequest request, MediaId id);
  }

  private static Route with(String text, OnUpload work) {
    return PathIds.medium(text, id -> tus(request -> work.apply(request, id)));
  }

  private static Route tus(Function<HttpRequest, CompletionStage<HttpResponse>> work) {
    return extractRequest(request -> {
      if (!header(request, "Tus-Resumable").filter(VERSION::equals).isPresent()) {
        return complete(otherVersion());
      }
      return completeWithFuture(
          MediaRoutes.readable(refusedAsProblem(() -> work.apply(request)))
              .thenApply(response -> response.addHeader(RESUMABLE)));
    });
  }

  /** So that a refusal too says which version is spoken. */
  private static CompletionStage<HttpResponse> refusedAsProblem(
      Supplier<CompletionStage<HttpResponse>> work) {
    try {
      return work.get().exceptionally(failure -> refusal(failure));
    } catch (RefusedInput refused) {
      return completedStage(Problems.answer(refused.refusal()));
    }
  }

  private static HttpResponse refusal(Throwable failure) {
    if (failure.getCause() instanceof RefusedInput refused) {
      return Problems.answer(refused.refusal());
    }
    throw new CompletionException(failure);
  }

  private static HttpResponse otherVersion() {
    var refusal =
        new Refusal(Failure.MALFORMED_REQUEST, "Say which version: Tus-Resumable: " + VERSION);
    return Problems.answer(Problem.of(refusal, StatusCodes.PRECONDITION_FAILED.intValue()))
        .addHeader(RESUMABLE)
        .addHeader(RawHeader.create("Tus-Version", VERSION));
  }

  private static HttpResponse progress(int status, Facts facts) {
    boolean goesOn = facts.state() == Facts.State.UPLOADING;
    var response =
        HttpResponse.create()
            .withStatus(status)
            .addHeader(
                RawHeader.create(
                    "Upload-Offset", Long.toString(goesOn ? facts.offset() : facts.sizeBytes())));
    return goesOn
        ? response.addHeader(
            RawHeader.create(
                "Upload-Expires",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    facts.expiresAt().atOffset(ZoneOffset.UTC))))
        : response;
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  private static long number(HttpRequest request, String name) {
    return header(request, name)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(Long::parseLong)
        .orElseThrow(() ->
            new RefusedInput(
                Failure.MALFORMED_REQUEST, "The header %s: a number is expected".formatted(name)));
  }

  private static Map<String, String> metadata(HttpRequest request) {
    var metadata = new HashMap<String, String>();
    for (var pair : header(request, "Upload-Metadata").orElse("").split(",")) {
      var words = pair.strip().split(" ", 2);
      metadata.put(words[0], words.length == 2 ? decoded(words[1]) : "");
    }
    return metadata;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedInput(
          Failure.MALFORMED_REQUEST, "The header Upload-Metadata: base64 is expected");
    }
  }
}
