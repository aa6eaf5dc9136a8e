package parley;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * {@code parley train}: a node whose users talk to each other, read it all again, and ends. Java
 * notes which classes that takes and which code is hot (JEP 514, 515), and {@code bin/parley} keeps
 * it: a node starts in some 60 % of the time then.
 *
 * <p>Without a configuration it runs on an empty folder that is deleted again. With one, on the
 * services that it names, where its users stay: that is for a cluster which nobody uses yet.
 */
final class Training {

  private static final int USERS = 40;
  private static final Duration TALK = Duration.ofSeconds(20);

  private final PrintStream out;

  private Training(PrintStream out) {
    this.out = out;
  }

  /** Blocks until it is over. Throws {@link StartFailure} when there is nothing learnt. */
  static void run(CommandLine.Start start, PrintStream out) {
    Path folder = temporary();
    try {
      var overrides = new HashMap<String, String>(start.overrides());
      overrides.putAll(
          Map.of(
              "parley.http.host", "127.0.0.1",
              "parley.http.port", "0",
              "parley.data", folder.toString(),
              "parley.limits.enabled", "off",
              "parley.account.hash-cost", "m=8,t=1,p=1"));
      var node = Parley.start(Settings.load(start.config(), overrides));
      try {
        new Training(out).talk(node.address());
      } finally {
        node.stop().toCompletableFuture().join();
      }
    } finally {
      delete(folder);
    }
  }

  private void talk(InetSocketAddress node) {
    try (var http = HttpClient.newHttpClient()) {
      var calls = new Speaker.Calls(http, node);
      var run = "train" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX) + "-";
      var speakers =
          IntStream.range(0, USERS)
              .mapToObj(number -> Speaker.signUp(calls, run + number))
              .toList();
      speakers.getFirst().createGroup(speakers.subList(1, USERS));
      out.printf("%d users talk for %d seconds%n", USERS, TALK.toSeconds());
      for (int i = 0; i < USERS; i++) {
        speakers.get(i).talkTo(speakers.get((i + USERS / 2) % USERS));
      }
      long until = System.nanoTime() + TALK.toNanos();
      while (System.nanoTime() < until) {
        speakers.forEach(Speaker::lookAround);
      }
      long answered = speakers.stream().mapToLong(Speaker::stop).sum();
      comeBack(speakers);
      var failure = speakers.stream().flatMap(speaker -> speaker.failure().stream()).findFirst();
      if (failure.isPresent() || answered == 0) {
        throw new StartFailure("The training failed: " + failure.orElse("nobody was answered"));
      }
      out.printf("They have said %,d things%n", answered);
    }
  }

  /** All at once, as after a restart. */
  private static void comeBack(List<Speaker> speakers) {
    try {
      speakers.stream().map(Speaker::readAll).toList().forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new StartFailure("The training failed: " + e.getCause(), e);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("parley-train");
    } catch (IOException e) {
      throw new StartFailure("Cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
