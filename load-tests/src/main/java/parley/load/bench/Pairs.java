package parley.load.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import parley.load.report.Figures;

/**
 * Half of the users write to the other half, each to one, and all are online. Closed: each sender
 * has so many messages unanswered, always. Open: messages are due at a fixed rate, whatever has
 * become of those before, and their latency counts from when they were due.
 */
final class Pairs {

  private Pairs() {}

  static Figures run(Options options) throws IOException, InterruptedException {
    int pairs = options.number("users", 200) / 2;
    int rate = options.number("rate", 0);
    var run = options.text("run", "u");
    try (var node = Node.of(options);
        var crew = new Crew(run, 2 * pairs, node.addresses())) {
      var talk =
          Talk.inPairs(options, run, pairs, rate > 0 ? 0 : options.number("outstanding", 16));
      crew.attach(0, 2 * pairs, talk);
      var loop = crew.loop();
      loop.run(() -> talk.start(Long.MAX_VALUE));
      var pace = rate > 0 ? Optional.of(new Pace(loop, talk, pairs, rate)) : Optional.<Pace>empty();
      Thread.sleep(options.seconds("warm-up", 15));
      loop.run(talk::measure);
      var window = new Window(node.processes(), talk::delivered);
      window.last(options.seconds("seconds", 20));
      pace.ifPresent(Pace::stop);
      loop.run(talk::stop);
      talk.settle(loop, true);
      var numbers = new LinkedHashMap<String, Double>();
      window.addTo(numbers, "messages");
      talk.latencies().forEach(each -> each.addTo(numbers));
      talk.addRepeatedTo(numbers);
      Window.addMemory(numbers, node.processes(), "at the end");
      var faults = talk.faults(crew);
      talk.expectEnd();
      return new Figures(
          options.toString(),
          Instant.now(),
          numbers,
          talk.latencies().stream().map(Latencies::curve).toList(),
          window.seconds(),
          faults);
    }
  }
}
