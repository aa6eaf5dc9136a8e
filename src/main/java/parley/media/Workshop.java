package parley.media;

import static java.util.concurrent.CompletableFuture.completedStage;

import akka.Done;
import akka.stream.Materializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.archive.Archive;
import parley.media.MediumReply.ToAsk;
import parley.media.MediumReply.ToReview;
import parley.message.MediaId;
import parley.ops.Metrics;

/**
 * Does what there is to do about media: looks at them, transcodes them, removes what nothing refers
 * to any more. A mark in the store says that there may be something, so nothing is forgotten when a
 * process crashes, and none but those media are woken up for it. Every node with the API looks
 * through the marks; a medium's actor gives each step to one of them at a time.
 */
public final class Workshop implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Workshop.class);
  private static final int MARKS_PAGE = 500;
  private static final int OBJECTS_PAGE = 500;

  private final MediumAsker actors;
  private final MediaStore store;
  private final Spool spool;
  private final Scene scene;
  private final Bench bench;
  private final References references;
  private final ExecutorService threads;
  private final Line quick;
  private final Line slow;
  private final Map<MediaId, Instant> marks = new ConcurrentHashMap<>();
  private final Map<MediaId, Instant> notBefore = new ConcurrentHashMap<>();

  /** What it works with. */
  public record Tools(MediumAsker actors, MediaStore store, Spool spool, Processor processor) {}

  /** What there is around it. */
  public record Scene(
      MediaSettings settings, InstantSource clock, Metrics metrics, Materializer materializer) {}

  public Workshop(Tools tools, Archive archive, Scene scene) {
    this.actors = tools.actors();
    this.store = tools.store();
    this.spool = tools.spool();
    this.scene = scene;
    this.references = new References(actors, archive, new Pictures(actors));
    var settings = scene.settings();
    this.threads =
        Executors.newFixedThreadPool(
            settings.processingMax() + settings.transcodingMax(),
            Thread.ofPlatform().name("media-", 0).daemon().factory());
    this.bench = new Bench(store, tools.spool(), tools.processor(), threads, scene.materializer());
    this.quick =
        new Line(
            settings.processingMax(), settings.waitingMax(), this::attendTo, scene.materializer());
    this.slow =
        new Line(
            settings.transcodingMax(), settings.waitingMax(), this::slowly, scene.materializer());
    scene.metrics().mediaWaiting(() -> quick.length() + slow.length());
  }

  /** Does what there is to do about the medium, soon. */
  public void attend(MediaId id) {
    notBefore.remove(id);
    quick.add(id);
  }

  /** Done when nobody forgets any more that there may be something to do. */
  public CompletionStage<Done> mark(Collection<MediaId> ids) {
    CompletionStage<Done> all = completedStage(Done.getInstance());
    for (var id : ids) {
      notBefore.remove(id);
      all = all.thenCompose(done -> putEmpty(Keys.mark(id)));
    }
    return all;
  }

  private CompletionStage<Done> putEmpty(String key) {
    try {
      var file = spool.newFile();
      return store.put(key, file).whenComplete((done, failure) -> Spool.remove(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks through all marks; done when each medium is in line that may need something. */
  public CompletionStage<Done> sweep() {
    notBefore.keySet().retainAll(marks.keySet());
    marks.clear();
    return sweep("");
  }

  private CompletionStage<Done> sweep(String after) {
    return store
        .list(Keys.MARKS, after, MARKS_PAGE)
        .thenCompose(page -> {
          page.forEach(this::onMark);
          return page.size() < MARKS_PAGE
              ? completedStage(Done.getInstance())
              : sweep(page.getLast().key());
        });
  }

  private void onMark(MediaStore.Entry entry) {
    Keys.marked(entry.key())
        .ifPresent(id -> {
          marks.put(id, entry.modifiedAt());
          var until = notBefore.get(id);
          if (until == null || !scene.clock().instant().isBefore(until)) {
            quick.add(id);
          }
        });
  }

  private CompletionStage<Done> attendTo(MediaId id) {
    return store
        .check()
        .thenCompose(works -> review(id, false))
        .thenCompose(due ->
            switch (due) {
              case MediumReply.Look(Facts facts) -> {
                actors.tellQuota(facts.owner(), new QuotaCommand.Keep(id));
                yield step(facts, bench::look);
              }
              case MediumReply.Transcode(Facts facts) -> step(facts, bench::transcode);
              case MediumReply.Slow later -> {
                slow.add(id);
                yield completedStage(Done.getInstance());
              }
              case MediumReply.Check(Facts facts) -> {
                // Nobody has looked at it when it is sealed.
                actors.tellQuota(facts.owner(), new QuotaCommand.Keep(id));
                yield references.check(facts).thenCompose(holds -> holds ? settle(id) : done());
              }
              case MediumReply.Wait(Instant until) -> {
                notBefore.put(id, until);
                yield done();
              }
              case MediumReply.Gone(Facts facts) -> {
                actors.tellQuota(facts.owner(), new QuotaCommand.Release(id, facts.sizeBytes()));
                yield clear(id);
              }
              // Its upload may be about to begin.
              case MediumReply.Unknown unknown -> isSettled(id) ? clear(id) : done();
            });
  }

  private CompletionStage<Done> slowly(MediaId id) {
    return store
        .check()
        .thenCompose(works -> review(id, true))
        .thenCompose(due ->
            due instanceof MediumReply.Transcode(Facts facts)
                ? step(facts, bench::transcode)
                : done());
  }

  private CompletionStage<ToReview> review(MediaId id, boolean transcodes) {
    return actors.ask(id, replyTo -> new MediumCommand.Review(transcodes, replyTo));
  }

  private static CompletionStage<Done> done() {
    return completedStage(Done.getInstance());
  }

  private CompletionStage<Done> step(
      Facts facts, Function<Facts, CompletionStage<MediumCommand.Outcome>> work) {
    long begunAt = System.nanoTime();
    // What cannot begin has failed too, as when the node stops.
    return completedStage(facts)
        .thenCompose(work)
        .exceptionally(failure -> {
          log.warn("Medium not processed, will retry, medium={}", facts.id(), failure);
          return new MediumCommand.Failed();
        })
        .thenCompose(outcome -> {
          scene.metrics().mediaProcessed(Duration.ofNanos(System.nanoTime() - begunAt));
          return report(facts, outcome);
        });
  }

  private CompletionStage<Done> report(Facts facts, MediumCommand.Outcome outcome) {
    return actors
        .<ToAsk>ask(facts.id(), replyTo -> new MediumCommand.Report(outcome, replyTo))
        .thenCompose(reply ->
            switch (reply) {
              case MediumReply.Known(Facts after) -> {
                if (after.mayChange()) {
                  slow.add(after.id());
                }
                yield store.delete(Bench.leftOver(outcome, facts, after));
              }
              // It was removed meanwhile, and all that there was of it then.
              case MediumReply.Refused refused -> store.delete(Bench.made(outcome));
            });
  }

  /** A mark that is new may be about something that has not happened yet. */
  private boolean isSettled(MediaId id) {
    var markedAt = marks.getOrDefault(id, Instant.MAX);
    return markedAt.isBefore(scene.clock().instant().minus(scene.settings().settleTime()));
  }

  private CompletionStage<Done> settle(MediaId id) {
    return isSettled(id) ? store.delete(List.of(Keys.mark(id))) : done();
  }

  /** The mark goes last: while it is there it is tried again. */
  private CompletionStage<Done> clear(MediaId id) {
    return store
        .list(Keys.all(id), "", OBJECTS_PAGE)
        .thenCompose(page -> {
          var keys = page.stream().map(MediaStore.Entry::key).toList();
          return keys.isEmpty()
              ? store.delete(List.of(Keys.mark(id)))
              : store.delete(keys).thenCompose(deleted -> clear(id));
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
