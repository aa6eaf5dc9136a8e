package parley.load.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import parley.load.client.Frame;
import parley.load.client.Loop;

/**
 * Senders who write, each to one recipient or all to one group. Everything but {@link #delivered}
 * and {@link #acknowledged} belongs to the loop's thread.
 */
final class Talk implements Device.Traffic {

  /** Behind by so many a sender cannot be measured any more. */
  private static final int OUTSTANDING_MAX = 8192;

  private static final byte[] ID = Frame.textKey("id");
  private static final int ID_LENGTH = 26;

  /** When nothing has moved for so long, what is missing is lost. */
  private static final int STILL_SECONDS_MAX = 60;

  /** So long after all has come it is looked whether anything comes that should not. */
  private static final int LATE_MILLIS = 1_500;

  private static final int FAULTS_SHOWN_MAX = 5;

  private final int outstanding;
  private final int members;
  private final boolean acknowledgesLater;
  private final Ledger ledger;
  private final List<Body.Template> templates = new ArrayList<>();
  private final List<DueTimes> due = new ArrayList<>();
  private final List<SortedSet<Long>> refused = new ArrayList<>();
  private final Device[] senders;
  private final Latencies arrival = new Latencies("end to end");
  private final Latencies answer = new Latencies("acknowledged");
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<Integer, String> latestIds = new HashMap<>();
  private long limit = Long.MAX_VALUE;
  private long repeated;
  private boolean talking;
  private long measuredFrom = Long.MAX_VALUE;
  private long measuredUntil = Long.MAX_VALUE;
  private volatile long delivered;
  private volatile long acknowledged;
  private volatile boolean expectsEnd;

  /**
   * @param to whom each sender writes to
   * @param members how many are told of it, when it is a group; 0: each writes to one user
   * @param outstanding what each sender may have unanswered; 0: they send when they are told to
   */
  Talk(Options options, List<String> to, int members, int outstanding) {
    this.outstanding = outstanding;
    this.acknowledgesLater = !options.text("ack", "later").equals("at-once");
    this.members = members;
    this.ledger = members > 0 ? Ledger.ofGroup(to.size(), members) : new Ledger(to.size());
    this.senders = new Device[to.size()];
    for (int sender = 0; sender < to.size(); sender++) {
      templates.add(new Body.Template(sender, to.get(sender), options.number("bytes", 200)));
      due.add(new DueTimes());
      refused.add(new TreeSet<>());
    }
  }

  /** The first half of the users write to the second, each to one. */
  static Talk inPairs(Options options, String run, int pairs, int outstanding) {
    var to = IntStream.range(pairs, 2 * pairs).mapToObj(user -> Crew.name(run, user)).toList();
    return new Talk(options, to, 0, outstanding);
  }

  /** Starts: each sender sends as much as it may, and goes on with each answer. */
  void start(long messagesMax) {
    limit = messagesMax;
    talking = true;
    for (var sender : senders) {
      if (outstanding > 0) {
        fill(sender);
        sender.connection().flush();
      }
    }
  }

  private void fill(Device sender) {
    int who = sender.user();
    while (talking
        && refused.get(who).isEmpty()
        && ledger.sent() < limit
        && ledger.outstanding(who) < outstanding) {
      send(sender, System.nanoTime());
    }
  }

  /** The sender says one more, which was due at that time. */
  void sendDue(int sender, long dueNanos) {
    if (talking) {
      send(senders[sender], dueNanos);
      senders[sender].connection().flush();
    }
  }

  private void send(Device sender, long dueNanos) {
    int who = sender.user();
    if (ledger.outstanding(who) >= OUTSTANDING_MAX) {
      failed("The server does not keep up with the load");
      return;
    }
    long sequence = ledger.next(who);
    due.get(who).put(sequence, dueNanos, ledger.outstanding(who));
    sender.connection().send(templates.get(who).frame(sequence, dueNanos));
  }

  /** From now on latencies count, of what is due from now on. */
  void measure() {
    measuredFrom = System.nanoTime();
    measuredUntil = Long.MAX_VALUE;
  }

  /** No more is sent; how long what was due before takes still counts. */
  void stop() {
    talking = false;
    measuredUntil = System.nanoTime();
  }

  private boolean isMeasured(long dueNanos) {
    return measuredFrom <= dueNanos && dueNanos < measuredUntil;
  }

  /** Sockets that end are no fault from now on. */
  void expectEnd() {
    expectsEnd = true;
  }

  @Override
  public void ready(Device device) {
    if (device.user() < senders.length) {
      senders[device.user()] = device;
    }
  }

  @Override
  public void received(Device device, Frame message) {
    if (!Body.isIn(message)) {
      return;
    }
    var body = Body.of(message);
    if (body.sender() == device.user()) {
      // Refused, but journaled: the answer to its repetition counts.
      return;
    }
    if (members > 0) {
      checkOrder(device, message.text(message.find(ID), ID_LENGTH));
    }
    ledger.received(body.sender(), members > 0 ? device.user() : 0, body.sequence());
    delivered = ledger.received();
    if (isMeasured(body.dueNanos())) {
      arrival.record(System.nanoTime() - body.dueNanos());
    }
  }

  /** All members see the order of the ids. */
  private void checkOrder(Device device, String id) {
    var before = latestIds.put(device.user(), id);
    if (before != null && before.compareTo(id) >= 0) {
      failed("User %d was told %s after %s".formatted(device.user(), id, before));
    }
  }

  @Override
  public void sent(Device device, long sequence) {
    int who = device.user();
    ledger.acknowledged(who);
    acknowledged = ledger.acknowledged();
    long at = due.get(who).of(sequence);
    if (isMeasured(at)) {
      answer.record(System.nanoTime() - at);
    }
  }

  @Override
  public void refused(Device device, long sequence) {
    refused.get(device.user()).add(sequence);
  }

  /** Repeats in order what was refused since the last time, the same as before. */
  @Override
  public void passed(Device device) {
    int who = device.user();
    if (who >= senders.length || refused.get(who).isEmpty()) {
      return;
    }
    for (long sequence : refused.get(who)) {
      device.connection().send(templates.get(who).frame(sequence, due.get(who).of(sequence)));
      repeated++;
    }
    refused.get(who).clear();
  }

  @Override
  public void paused(Device device) {
    if (device.user() < senders.length && outstanding > 0) {
      fill(device);
    }
  }

  @Override
  public boolean acknowledgesLater() {
    return acknowledgesLater;
  }

  @Override
  public void failed(String why) {
    failures.add(why);
  }

  @Override
  public void ended(String why) {
    if (!expectsEnd) {
      failures.add(why);
    }
  }

  /** How many have arrived. */
  long delivered() {
    return delivered;
  }

  /** How many are acknowledged. */
  long acknowledged() {
    return acknowledged;
  }

  /** How many sends were refused as busy, and repeated. */
  void addRepeatedTo(Map<String, Double> numbers) {
    numbers.put("refused as busy and repeated", (double) repeated);
  }

  List<Latencies> latencies() {
    return List.of(answer, arrival);
  }

  /** Waits until all that was sent is acknowledged, and has arrived too when that is wanted. */
  void settle(Loop loop, boolean arrived) throws InterruptedException {
    BooleanSupplier done = () -> arrived ? ledger.isSettled() : ledger.outstanding() == 0;
    long patience = TimeUnit.SECONDS.toNanos(STILL_SECONDS_MAX);
    long before = -1;
    long movedAt = System.nanoTime();
    while (System.nanoTime() - movedAt < patience && !loop.ask(done::getAsBoolean)) {
      Thread.sleep(5);
      long now = delivered + acknowledged;
      movedAt = now == before ? movedAt : System.nanoTime();
      before = now;
    }
  }

  /** What was wrong, now that it is over and nothing may come any more. */
  List<String> faults(Crew crew) throws InterruptedException {
    Thread.sleep(LATE_MILLIS);
    return crew.loop().ask(() -> faults(crew.devices()));
  }

  /** What is wrong if no more comes. */
  List<String> faults(List<Device> devices) {
    var faults = new ArrayList<>(failures.stream().limit(FAULTS_SHOWN_MAX).toList());
    faults.addAll(ledger.faults());
    if (devices.stream().anyMatch(Device::hasGap)) {
      faults.add("A position was skipped");
    }
    return faults;
  }
}
