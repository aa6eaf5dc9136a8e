package parley.media;

import akka.Done;
import akka.stream.Materializer;
import akka.stream.javadsl.FileIO;
import akka.stream.javadsl.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.media.MediumCommand.Outcome;

/**
 * Does one step on one medium: brings its bytes here, has them processed, and puts what came of it
 * into the store. Whatever fails, nothing is left behind in the spool.
 */
final class Bench {

  private final MediaStore store;
  private final Spool spool;
  private final Processor processor;
  private final Executor threads;
  private final Materializer materializer;

  /**
   * @param threads run the processor: as many as there are, so many at a time
   */
  Bench(
      MediaStore store,
      Spool spool,
      Processor processor,
      Executor threads,
      Materializer materializer) {
    this.store = store;
    this.spool = spool;
    this.processor = processor;
    this.threads = threads;
    this.materializer = materializer;
  }

  /** Looks at what was uploaded. */
  CompletionStage<Outcome> look(Facts facts) {
    return on(
        facts.parts(),
        work ->
            call(() -> processor.process(work.source(), facts.name().orElse(""), work.folder()))
                .thenCompose(processed -> looked(facts, processed, work)));
  }

  private CompletionStage<Outcome> looked(Facts facts, Processed processed, Work work) {
    return switch (processed) {
      case Processed.Refused(var why) ->
          CompletableFuture.completedStage(new MediumCommand.Refused(why));
      case Processed.Ready ready ->
          keep(facts, ready.variants(), work)
              .thenApply(forms -> new MediumCommand.Described(ready.description(), forms));
    };
  }

  /** Makes the form that replaces the original. */
  CompletionStage<Outcome> transcode(Facts facts) {
    return on(
        facts.form(Variant.ORIGINAL).orElseThrow().parts(),
        work ->
            call(() -> processor.transcode(work.source(), work.folder()))
                .thenCompose(variant -> keep(facts, variant.stream().toList(), work))
                .thenApply(forms -> new MediumCommand.Transcoded(forms.stream().findAny())));
  }

  /**
   * What lies on it.
   *
   * @param source all bytes of the parts
   * @param folder empty
   */
  private record Work(List<Part> parts, Path source, Path folder) {}

  private CompletionStage<Outcome> on(
      List<Part> parts, Function<Work, CompletionStage<Outcome>> step) {
    return call(spool::newFolder)
        .thenCompose(top -> {
          var work = new Work(parts, top.resolve("source"), top.resolve("work"));
          return fetch(work)
              .thenCompose(fetched -> step.apply(work))
              .whenComplete((outcome, failure) -> Spool.remove(top));
        });
  }

  private CompletionStage<Done> fetch(Work work) {
    return Source.from(work.parts())
        .flatMapConcat(part -> store.get(part.key(), 0, part.sizeBytes()))
        .runWith(FileIO.toPath(work.source()), materializer)
        .thenCompose(written ->
            call(() -> {
              Files.createDirectory(work.folder());
              return Done.getInstance();
            }));
  }

  private CompletionStage<List<Form>> keep(Facts facts, List<Variant> variants, Work work) {
    CompletionStage<List<Form>> kept = CompletableFuture.completedStage(new ArrayList<>());
    for (var variant : variants) {
      kept =
          kept.thenCompose(forms ->
              keep(facts, variant, work)
                  .thenApply(form -> {
                    forms.add(form);
                    return forms;
                  }));
    }
    return kept;
  }

  /** The source itself is in the store already. */
  private CompletionStage<Form> keep(Facts facts, Variant variant, Work work) {
    if (variant.file().equals(work.source())) {
      return CompletableFuture.completedStage(
          new Form(variant.size(), variant.mime(), work.parts()));
    }
    var key = Keys.next(facts.id(), variant.size());
    return call(() -> Files.size(variant.file()))
        .thenCompose(size ->
            store
                .put(key, variant.file())
                .thenApply(done ->
                    new Form(variant.size(), variant.mime(), List.of(new Part(key, size)))));
  }

  /** What the outcome put into the store. */
  static Set<String> made(Outcome outcome) {
    var forms =
        switch (outcome) {
          case MediumCommand.Described it -> it.forms();
          case MediumCommand.Transcoded it -> it.original().stream().toList();
          case MediumCommand.Refused it -> List.<Form>of();
          case MediumCommand.Failed it -> List.<Form>of();
        };
    return forms.stream()
        .flatMap(form -> form.parts().stream())
        .map(Part::key)
        .collect(Collectors.toSet());
  }

  /** What the outcome put into the store and the medium does not have: it came too late. */
  static List<String> leftOver(Outcome outcome, Facts before, Facts after) {
    var keys = new HashSet<>(made(outcome));
    before.parts().forEach(part -> keys.add(part.key()));
    before.forms().forEach(form -> form.parts().forEach(part -> keys.add(part.key())));
    if (after.state() == Facts.State.PROCESSING) {
      after.parts().forEach(part -> keys.remove(part.key()));
    }
    after.forms().forEach(form -> form.parts().forEach(part -> keys.remove(part.key())));
    return List.copyOf(keys);
  }

  private <T> CompletionStage<T> call(Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }
}
