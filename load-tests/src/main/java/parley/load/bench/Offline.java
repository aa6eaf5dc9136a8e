package parley.load.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import parley.load.report.Figures;

/** Half of the users write to the other half, who are away; then those come and read it all. */
final class Offline {

  private Offline() {}

  static Figures run(Options options) throws IOException, InterruptedException {
    int pairs = options.number("users", 200) / 2;
    var run = options.text("run", "u");
    var numbers = new LinkedHashMap<String, Double>();
    try (var node = Node.of(options);
        var crew = new Crew(run, 2 * pairs, node.addresses())) {
      var talk = Talk.inPairs(options, run, pairs, options.number("outstanding", 16));
      crew.attach(0, pairs, talk);
      warmUp(options, crew, talk);
      var accepted = new Window(node.processes(), talk::acknowledged);
      long before = talk.acknowledged();
      crew.loop().run(() -> talk.start(before + options.number("messages", 200_000)));
      talk.settle(crew.loop(), false);
      accepted.look();
      accepted.addTo(numbers, "accepted");
      if (options.text("kill", "no").equals("yes")) {
        talk.expectEnd();
        node.killAndRestart();
        crew.moveTo(node.addresses());
      }
      var drained = new Window(node.processes(), talk::delivered);
      crew.attach(pairs, 2 * pairs, talk);
      talk.settle(crew.loop(), true);
      drained.look();
      drained.addTo(numbers, "drained");
      talk.latencies().getFirst().addTo(numbers);
      talk.addRepeatedTo(numbers);
      Window.addMemory(numbers, node.processes(), "at the end");
      var faults = talk.faults(crew);
      talk.expectEnd();
      return new Figures(
          options.toString(),
          Instant.now(),
          numbers,
          java.util.List.of(talk.latencies().getFirst().curve()),
          java.util.List.of(),
          faults);
    }
  }

  private static void warmUp(Options options, Crew crew, Talk talk) throws InterruptedException {
    crew.loop().run(() -> talk.start(Long.MAX_VALUE));
    Thread.sleep(options.seconds("warm-up", 15));
    crew.loop().run(talk::stop);
    talk.settle(crew.loop(), false);
    crew.loop().run(talk::measure);
  }
}
