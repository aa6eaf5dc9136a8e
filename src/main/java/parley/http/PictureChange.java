package parley.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import akka.Done;
import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import parley.media.MediumReply;
import parley.media.Pictures;
import parley.media.Place;
import parley.media.Workshop;
import parley.message.Caller;
import parley.message.MediaId;
import parley.message.Refusal;

/** Has media kept that people and groups show as their pictures, while they do. */
record PictureChange(Pictures pictures, Workshop workshop) {

  /**
   * Makes the change once its picture is kept.
   *
   * @param picture empty: it stays; an empty text: it is taken away
   */
  CompletionStage<HttpResponse> before(
      Caller caller,
      Place place,
      Optional<String> picture,
      Supplier<CompletionStage<HttpResponse>> change) {
    if (picture.isEmpty()) {
      return change.get();
    }
    var next = picture.filter(text -> !text.isEmpty()).map(MediaId::new);
    return MediaRoutes.readable(pictures.shown(place).thenCompose(shown -> mark(shown, next)))
        .thenCompose(marked ->
            next.isEmpty() ? change.get() : hang(caller, place, next.get(), change));
  }

  /** Whatever comes of it: what is shown afterwards is looked at. */
  private CompletionStage<Done> mark(Optional<MediaId> shown, Optional<MediaId> next) {
    List<MediaId> both = Stream.of(shown, next).flatMap(Optional::stream).distinct().toList();
    return workshop.mark(both);
  }

  private CompletionStage<HttpResponse> hang(
      Caller caller,
      Place place,
      MediaId picture,
      Supplier<CompletionStage<HttpResponse>> change) {
    return MediaRoutes.readable(pictures.hang(caller, picture, place))
        .thenCompose(reply ->
            switch (reply) {
              case MediumReply.Known hung -> change.get();
              case MediumReply.Refused(Refusal why) -> completedStage(Problems.answer(why));
            });
  }
}
