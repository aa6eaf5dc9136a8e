package parley.load.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import parley.load.client.Frame;
import parley.load.client.Loop;

/**
 * Senders who write to recipients, each to one. Everything but {@link #delivered} and {@link
 * #acknowledged} belongs to the loop's thread.
 */
final class Talk implements Device.Traffic {

  /** Behind by so many a sender cannot be measured any more. */
  private static final int OUTSTANDING_MAX = 8192;

  private static final int SETTLE_SECONDS_MAX = 60;
  private static final int FAULTS_SHOWN_MAX = 5;

  private final int outstanding;
  private final boolean acknowledgesLater;
  private final Ledger ledger;
  private final List<Body.Template> templates = new ArrayList<>();
  private final List<long[]> due = new ArrayList<>();
  private final Device[] senders;
  private final Latencies arrival = new Latencies("end to end");
  private final Latencies answer = new Latencies("acknowledged");
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private long limit = Long.MAX_VALUE;
  private boolean talking;
  private long measuredFrom = Long.MAX_VALUE;
  private volatile long delivered;
  private volatile long acknowledged;
  private volatile boolean expectsEnd;

  /**
   * @param run begins the users' names
   * @param outstanding what each sender may have unanswered; 0: they send when they are told to
   */
  Talk(Options options, String run, int pairs, int outstanding) {
    this.outstanding = outstanding;
    this.acknowledgesLater = !options.text("ack", "later").equals("at-once");
    this.ledger = new Ledger(pairs);
    this.senders = new Device[pairs];
    for (int sender = 0; sender < pairs; sender++) {
      var to = Crew.name(run, pairs + sender);
      templates.add(new Body.Template(sender, to, options.number("bytes", 200)));
      due.add(new long[OUTSTANDING_MAX]);
    }
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
    while (talking && ledger.sent() < limit && ledger.outstanding(sender.user()) < outstanding) {
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
    due.get(who)[(int) (sequence % OUTSTANDING_MAX)] = dueNanos;
    sender.connection().send(templates.get(who).frame(sequence, dueNanos));
  }

  /** From now on latencies count, of what is due from now on. */
  void measure() {
    measuredFrom = System.nanoTime();
  }

  /** No more is sent. */
  void stop() {
    talking = false;
    measuredFrom = Long.MAX_VALUE;
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
    var body = Body.of(message);
    ledger.received(body.sender(), body.sequence());
    delivered = ledger.received();
    if (body.dueNanos() >= measuredFrom) {
      arrival.record(System.nanoTime() - body.dueNanos());
    }
  }

  @Override
  public void sent(Device device) {
    int who = device.user();
    ledger.acknowledged(who);
    acknowledged = ledger.acknowledged();
    long at = due.get(who)[(int) (ledger.acknowledgedBy(who) % OUTSTANDING_MAX)];
    if (at >= measuredFrom) {
      answer.record(System.nanoTime() - at);
    }
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

  List<Latencies> latencies() {
    return List.of(answer, arrival);
  }

  /** Waits until all that was sent is acknowledged, and has arrived too when that is wanted. */
  void settle(Loop loop, boolean arrived) throws InterruptedException {
    await(loop, () -> arrived ? ledger.isSettled() : ledger.outstanding() == 0);
  }

  private void await(Loop loop, BooleanSupplier done) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS_MAX);
    while (System.nanoTime() < until && failures.isEmpty() && !ask(loop, done)) {
      Thread.sleep(5);
    }
  }

  private static boolean ask(Loop loop, BooleanSupplier question) throws InterruptedException {
    var answer = new boolean[1];
    var answered = new CountDownLatch(1);
    loop.run(() -> {
      answer[0] = question.getAsBoolean();
      answered.countDown();
    });
    answered.await();
    return answer[0];
  }

  /** What was wrong, now that it is over. */
  List<String> faults(List<Device> devices) {
    var faults = new ArrayList<>(failures.stream().limit(FAULTS_SHOWN_MAX).toList());
    faults.addAll(ledger.faults());
    if (devices.stream().anyMatch(Device::hasGap)) {
      faults.add("A position was skipped");
    }
    return faults;
  }
}
