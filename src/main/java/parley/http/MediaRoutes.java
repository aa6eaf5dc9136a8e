package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.completeWithFuture;
import static akka.http.javadsl.server.Directives.extractRequest;
import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import parley.media.Access;
import parley.media.Carriage;
import parley.media.Facts;
import parley.media.Links;
import parley.media.MediaStore;
import parley.media.MediumReply;
import parley.media.Pictures;
import parley.media.Uploads;
import parley.media.Variant;
import parley.media.Workshop;
import parley.message.Caller;
import parley.message.Failure;
import parley.message.MediaId;
import parley.message.Refusal;
import parley.wire.MediaLinkView;
import parley.wire.MediaView;

/** Media: small uploads, what is known of them, their bytes. */
public final class MediaRoutes {

  static final HttpResponse NO_SUCH_MEDIUM =
      Problems.answer(Failure.NOT_FOUND, "There is no such medium, or it is not yours to see");

  private static final Pattern SIZE = Pattern.compile("[a-z0-9-]{1,32}");

  private final Way way;
  private final Download download;

  /** Where media are found, and who brings them. */
  public record Way(
      Uploads uploads,
      Access access,
      Carriage carriage,
      Pictures pictures,
      Workshop workshop,
      Links links,
      MediaStore store) {}

  MediaRoutes(Way way) {
    this.way = way;
    this.download = new Download(way.store());
  }

  /** POST /media */
  Route post(Caller caller) {
    return extractRequest(request -> {
      long limit = Math.min(way.uploads().limits().simpleBytesMax(), Integer.MAX_VALUE);
      var length = request.entity().getContentLengthOption();
      if (length.isEmpty()) {
        return complete(
            Problems.answer(
                Failure.MALFORMED_REQUEST, "The length must be known: send Content-Length"));
      }
      return length.getAsLong() > limit
          ? complete(
              Problems.answer(
                  Failure.TOO_LARGE,
                  "%d bytes at most are taken at once; upload larger files to /uploads"
                      .formatted(limit)))
          : completeWithFuture(readable(post(caller, request, length.getAsLong())));
    });
  }

  private CompletionStage<HttpResponse> post(Caller caller, HttpRequest request, long length) {
    var query = request.getUri().query();
    boolean isSealed = query.get("sealed").filter("true"::equals).isPresent();
    return way.uploads()
        .open(caller.user(), query.get("name").flatMap(FileName::of), length, isSealed)
        .thenCompose(reply ->
            switch (reply) {
              case MediumReply.Refused(Refusal why) -> completedStage(Problems.answer(why));
              case MediumReply.Known(Facts facts) -> take(facts, request);
            });
  }

  /** What does not come whole at once is not kept. */
  private CompletionStage<HttpResponse> take(Facts facts, HttpRequest request) {
    var bytes = request.entity().withSizeLimit(facts.sizeBytes()).getDataBytes();
    return way.uploads()
        .append(facts.owner(), facts.id(), new Uploads.Chunk(0, bytes, Optional.empty()))
        .exceptionallyCompose(failure ->
            way.uploads()
                .remove(facts.owner(), facts.id())
                .thenCompose(removed -> failedStage(failure)))
        .thenCompose(reply ->
            switch (reply) {
              case MediumReply.Refused(Refusal why) -> completedStage(Problems.answer(why));
              case MediumReply.Known(Facts now) when now.state() == Facts.State.UPLOADING ->
                  way.uploads()
                      .remove(now.owner(), now.id())
                      .thenApply(removed ->
                          Problems.answer(Failure.MALFORMED_REQUEST, "Some bytes are missing"));
              case MediumReply.Known(Facts now) ->
                  completedStage(Answers.json(StatusCodes.CREATED, MediaView.of(now)));
            });
  }

  /** GET /media/{id}/info */
  Route info(String id, Caller caller) {
    return seen(
        id,
        caller,
        Variant.ORIGINAL,
        facts -> completedStage(Answers.json(StatusCodes.OK, MediaView.of(facts))));
  }

  /** POST /media/{id}/links: who has one gets all sizes, and so has to be who makes it. */
  Route link(String id, Caller caller) {
    return seen(
        id,
        caller,
        Variant.ORIGINAL,
        facts -> {
          var signature = way.links().sign(facts.id());
          var url = "/media/%s/links/%s".formatted(facts.id(), signature.text());
          return completedStage(
              Answers.json(StatusCodes.CREATED, new MediaLinkView(url, signature.expiresAt())));
        });
  }

  private Route seen(
      String text,
      Caller caller,
      String size,
      Function<Facts, CompletionStage<HttpResponse>> answer) {
    return PathIds.medium(
        text,
        id ->
            completeWithFuture(
                readable(
                    way.access()
                        .find(caller, id, size)
                        .thenCompose(found ->
                            found.map(answer).orElseGet(() -> completedStage(NO_SUCH_MEDIUM))))));
  }

  private static String size(HttpRequest request) {
    return Parameters.value(
            request,
            "size",
            text -> {
              if (!SIZE.matcher(text).matches()) {
                throw new IllegalArgumentException("there is no such size");
              }
              return text;
            })
        .orElse(Variant.ORIGINAL);
  }

  /** GET /media/{id} */
  Route bytes(String id, Caller caller) {
    return extractRequest(request -> {
      var size = size(request);
      return seen(id, caller, size, facts -> completedStage(download.answer(request, facts, size)));
    });
  }

  /** GET /media/{id}/links/{signature}: for who has the link. */
  Route linked(String text, String signature) {
    return PathIds.medium(
        text,
        id ->
            extractRequest(request ->
                way.links().holds(id, signature)
                    ? completeWithFuture(readable(linked(id, size(request), request)))
                    : complete(NO_SUCH_MEDIUM)));
  }

  private CompletionStage<HttpResponse> linked(MediaId id, String size, HttpRequest request) {
    return way.access()
        .find(id)
        .thenApply(found ->
            found.map(facts -> download.answer(request, facts, size)).orElse(NO_SUCH_MEDIUM));
  }

  /** DELETE /media/{id} */
  Route delete(String text, Caller caller) {
    return PathIds.medium(
        text,
        id ->
            completeWithFuture(
                readable(
                    way.uploads()
                        .remove(caller.user(), id)
                        .thenApply(reply ->
                            switch (reply) {
                              case MediumReply.Known gone -> Answers.done();
                              case MediumReply.Refused(Refusal why) -> Problems.answer(why);
                            }))));
  }

  static <T> CompletionStage<T> readable(CompletionStage<T> stage) {
    return Unreadable.unless(stage, "The store of media");
  }
}
