package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediumFixture.ANN;
import static parley.media.MediumFixture.ID;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.stream.SystemMaterializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.ops.Metrics;
import parley.user.MemoryArchive;

/** Steps on media, over crashes: each workshop is that of a process, the store is there for all. */
class WorkshopTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit = ActorTestKit.create(MediumFixture.CONFIG);

  @TempDir private Path folder;

  private MediaStore store;
  private ActorRef<MediumCommand> medium;

  @BeforeEach
  void start() {
    store = new FileMediaStore(folder.resolve("objects"), ForkJoinPool.commonPool());
    medium = spawn();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<MediumCommand> spawn() {
    var surroundings = new Medium.Surroundings(InstantSource.system(), MediumFixture.SETTINGS);
    return kit.spawn(Medium.create(ID, surroundings));
  }

  private Workshop workshop(Processor processor) {
    var actors =
        new MediumAsker(
            new MediumAsker.Actors(
                id -> medium,
                id -> kit.system().deadLetters(),
                id -> kit.system().deadLetters(),
                id -> kit.system().deadLetters()),
            PATIENCE,
            kit.system());
    return new Workshop(
        new Workshop.Tools(actors, store, new Spool(folder.resolve("spool")), processor),
        new MemoryArchive(),
        new Workshop.Scene(
            MediumFixture.SETTINGS,
            InstantSource.system(),
            new Metrics(),
            SystemMaterializer.get(kit.system()).materializer()));
  }

  private <R> R ask(Function<ActorRef<R>, MediumCommand> question) {
    var probe = kit.<R>createTestProbe();
    medium.tell(question.apply(probe.ref()));
    return probe.receiveMessage(PATIENCE);
  }

  private Facts facts() {
    return ((MediumReply.Known) this.<MediumReply.ToAsk>ask(MediumCommand.Describe::new)).facts();
  }

  /** An upload that is whole, as a crash right after it leaves it. */
  private void uploaded(Workshop workshop) throws Exception {
    workshop.mark(List.of(ID)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    var file = Files.writeString(folder.resolve("file"), "0123456789");
    var part = new Part(Keys.next(ID, "at-0"), 10);
    store.put(part.key(), file).toCompletableFuture().get(20, TimeUnit.SECONDS);
    this.<MediumReply.ToAsk>ask(
        replyTo -> new MediumCommand.Open(ANN, Optional.empty(), 10, false, replyTo));
    this.<MediumReply.ToAsk>ask(replyTo -> new MediumCommand.AddPart(0, part, replyTo));
  }

  /** Takes the bytes backwards for the original. */
  private static final class Backwards implements Processor {

    @Override
    public Processed process(Path source, String nameHint, Path workFolder) throws IOException {
      var text = new StringBuilder(Files.readString(source)).reverse();
      var file = Files.writeString(workFolder.resolve("made"), text);
      return new Processed.Ready(
          Description.file("text/plain"),
          List.of(new Variant(Variant.ORIGINAL, "text/plain", file)));
    }

    @Override
    public Optional<Variant> transcode(Path source, Path workFolder) {
      return Optional.empty();
    }
  }

  /** Begins, and never ends. */
  private static final class Stuck implements Processor {

    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public Processed process(Path source, String nameHint, Path workFolder) throws IOException {
      begun.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      throw new IllegalStateException("It never ends");
    }

    @Override
    public Optional<Variant> transcode(Path source, Path workFolder) {
      return Optional.empty();
    }
  }

  /** Goes on when it is told to. */
  private static final class Held implements Processor {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Processor processor = new Backwards();

    @Override
    public Processed process(Path source, String nameHint, Path workFolder) throws IOException {
      begun.countDown();
      try {
        goOn.await();
        return processor.process(source, nameHint, workFolder);
      } catch (InterruptedException e) {
        throw new IOException(e);
      } finally {
        ended.countDown();
      }
    }

    @Override
    public Optional<Variant> transcode(Path source, Path workFolder) {
      return Optional.empty();
    }
  }

  @Test
  void a_step_that_a_crash_cut_off_is_done_by_the_next_process() throws Exception {
    var stuck = new Stuck();
    var first = workshop(stuck);
    uploaded(first);
    first.sweep();
    assertThat(stuck.begun.await(20, TimeUnit.SECONDS)).isTrue();
    // The process is gone, and all that it had in memory.
    kit.stop(medium, PATIENCE);
    medium = spawn();

    try (var second = workshop(new Backwards())) {
      second.sweep();
      MediaNode.await(() -> facts().state() == Facts.State.READY);

      var original = facts().form(Variant.ORIGINAL).orElseThrow();
      var objects = folder.resolve("objects");
      assertThat(objects.resolve(original.parts().getFirst().key())).hasContent("9876543210");
      // What was uploaded is not needed any more, nor is anything that was on its way.
      MediaNode.await(() -> files(objects.resolve("media")) == 1);
      MediaNode.await(() -> files(folder.resolve("spool")) == 0);
    } finally {
      first.close();
    }
  }

  @Test
  void what_was_made_of_a_medium_that_was_removed_meanwhile_goes_too() throws Exception {
    var held = new Held();
    try (var workshop = workshop(held)) {
      uploaded(workshop);
      workshop.sweep();
      assertThat(held.begun.await(20, TimeUnit.SECONDS)).isTrue();
      this.<MediumReply.ToAsk>ask(MediumCommand.Remove::new);
      this.<MediumReply.ToReview>ask(replyTo -> new MediumCommand.Review(false, replyTo));
      held.goOn.countDown();

      var objects = folder.resolve("objects");
      MediaNode.await(() -> held.ended.getCount() == 0 && files(folder.resolve("spool")) == 0);
      MediaNode.await(() -> files(objects.resolve("media")) == 1);
    }
  }

  /** How many files there are; negative while some just go. */
  private static long files(Path root) {
    try (var all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException | UncheckedIOException e) {
      return -1;
    }
  }
}
