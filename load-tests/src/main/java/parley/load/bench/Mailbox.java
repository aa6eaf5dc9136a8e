package parley.load.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.load.client.Rest;
import parley.load.report.Figures;

/**
 * One user to whom very much was sent while they were away. The node starts anew, then they sign in
 * and read the first page; at the end a device reads everything, so that nothing is missing.
 */
final class Mailbox {

  /**
   * What another does first, so that what is measured is the mailbox and not a cold node: they get
   * more than a user's actor keeps in memory, and read their first page, from the journal too.
   */
  private static final int PRACTICE = 500;

  private static final int BYTES = 200;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BYTES_PER_KB = 1e3;
  private static final String PAGE = "/messages?limit=100";

  private final Rest rest = new Rest();
  private final Node node;
  private final Map<String, Double> numbers = new LinkedHashMap<>();

  private Mailbox(Node node) {
    this.node = node;
  }

  static Figures run(Options options) throws IOException, InterruptedException {
    int entries = options.number("entries", 1_000_000);
    int senders = options.number("senders", 50);
    var run = options.text("run", "u");
    var reader = Crew.name(run, senders);
    try (var node = Node.of(options);
        var crew = new Crew(run, senders + 1, node.addresses())) {
      var mailbox = new Mailbox(node);
      var to = Collections.nCopies(senders, reader);
      var talk = new Talk(options, to, 0, options.number("outstanding", 64));
      crew.attach(0, senders, talk);
      var filled = new Window(node.processes(), talk::acknowledged);
      crew.loop().run(() -> talk.start(entries));
      talk.settle(crew.loop(), false);
      filled.look();
      filled.addTo(mailbox.numbers, "accepted");
      talk.expectEnd();
      node.killAndRestart();
      crew.moveTo(node.addresses());
      mailbox.practise(Crew.name(run, 0), Crew.name(run, 1));
      mailbox.measure(reader);
      var drained = new Window(node.processes(), talk::delivered);
      crew.attach(senders, senders + 1, talk);
      talk.settle(crew.loop(), true);
      drained.look();
      drained.addTo(mailbox.numbers, "drained");
      talk.addRepeatedTo(mailbox.numbers);
      return new Figures(
          options.toString(),
          Instant.now(),
          mailbox.numbers,
          List.of(),
          List.of(),
          talk.faults(crew));
    }
  }

  private void practise(String writer, String other) {
    var token = signIn(writer);
    var message = "{\"to\":\"%s\",\"text\":\"%s\"}".formatted(other, "x".repeat(BYTES));
    for (int i = 0; i < PRACTICE; i++) {
      rest.post(node.addresses().getFirst(), "/messages", token, message);
    }
    for (int i = 0; i < PRACTICE; i++) {
      page(signIn(other));
    }
  }

  private void measure(String reader) throws IOException, InterruptedException {
    var meter = node.processes().getFirst();
    long before = meter.liveBytes();
    long start = System.nanoTime();
    var token = signIn(reader);
    long signedIn = System.nanoTime();
    page(token);
    long read = System.nanoTime();
    numbers.put("sign-in, user asleep, ms", (signedIn - start) / NANOS_PER_MILLI);
    numbers.put("first page, ms", (read - signedIn) / NANOS_PER_MILLI);
    page(token);
    numbers.put("first page again, ms", (System.nanoTime() - read) / NANOS_PER_MILLI);
    numbers.put("user in memory, KB", (meter.liveBytes() - before) / BYTES_PER_KB);
  }

  private String signIn(String user) {
    var body = "{\"userId\":\"%s\",\"password\":\"secret\"}".formatted(user);
    return Rest.text(rest.post(node.addresses().getFirst(), "/sessions", "", body), "token");
  }

  private void page(String token) {
    rest.get(node.addresses().getFirst(), PAGE, token);
  }
}
