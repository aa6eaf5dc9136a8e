package parley.load.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import parley.load.report.Figures;

/**
 * One group, all of whose members are online: some of them write, all others are told. What is
 * counted are deliveries: one for each message and each member but the one who wrote it.
 */
final class Group {

  private Group() {}

  static Figures run(Options options) throws IOException, InterruptedException {
    int members = options.number("users", 100);
    int senders = Math.min(members, options.number("senders", 10));
    int rate = options.number("rate", 0);
    try (var node = Node.of(options);
        var crew = new Crew(options.text("run", "u"), members, node.addresses())) {
      var to = Collections.nCopies(senders, crew.createGroup());
      var talk = new Talk(options, to, members, rate > 0 ? 0 : options.number("outstanding", 16));
      crew.attach(0, members, talk);
      var loop = crew.loop();
      loop.run(() -> talk.start(Long.MAX_VALUE));
      var pace =
          rate > 0 ? Optional.of(new Pace(loop, talk, senders, rate)) : Optional.<Pace>empty();
      Thread.sleep(options.seconds("warm-up", 15));
      loop.run(talk::measure);
      var window = new Window(node.processes(), talk::delivered);
      window.last(options.seconds("seconds", 20));
      pace.ifPresent(Pace::stop);
      loop.run(talk::stop);
      talk.settle(loop, true);
      var numbers = new LinkedHashMap<String, Double>();
      window.addTo(numbers, "deliveries");
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
