package parley.media;

import akka.Done;
import akka.stream.BoundedSourceQueue;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.message.MediaId;

/**
 * Media that wait for some work to be done on them, a few at a time. One that is in the line
 * already is not added again; one that finds no room is left out: its mark stays.
 */
final class Line {

  private static final Logger log = LoggerFactory.getLogger(Line.class);

  private final Set<MediaId> inLine = ConcurrentHashMap.newKeySet();
  private final int waitingMax;
  private final BoundedSourceQueue<MediaId> queue;

  /**
   * @param atATime on how many work is done at the same time
   * @param waitingMax how many there may be in it
   */
  Line(
      int atATime,
      int waitingMax,
      Function<MediaId, CompletionStage<Done>> work,
      Materializer materializer) {
    this.waitingMax = waitingMax;
    this.queue =
        Source.<MediaId>queue(waitingMax)
            .mapAsyncUnordered(atATime, id -> done(id, work))
            .to(Sink.ignore())
            .run(materializer);
  }

  private CompletionStage<MediaId> done(
      MediaId id, Function<MediaId, CompletionStage<Done>> work) {
    return CompletableFuture.completedStage(id)
        .thenCompose(work)
        .handle((done, failure) -> {
          inLine.remove(id);
          if (failure != null) {
            log.warn("Medium not attended to, its mark stays, medium={}", id, failure);
          }
          return id;
        });
  }

  void add(MediaId id) {
    if (inLine.size() < waitingMax && inLine.add(id)) {
      queue.offer(id);
    }
  }

  /** How many are in it. */
  int length() {
    return inLine.size();
  }
}
