package parley.load.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parley.load.client.Accounts;
import parley.load.client.Frame;
import parley.load.client.Loop;
import parley.load.client.Rest;

/** The users of a run, spread over the nodes, and their devices. */
final class Crew implements AutoCloseable {

  /** Sockets that are opened before those of the round before are ready. */
  private static final int OPENED_TOGETHER_MAX = 200;

  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration ACKNOWLEDGE_EVERY = Duration.ofMillis(20);

  private final List<Device> devices = new ArrayList<>();
  private final String run;
  private final List<String> tokens;
  private final Duration signingIn;
  private final Loop loop;
  private List<InetSocketAddress> nodes;

  /** Registers and signs in {@code users} users, named by {@code run} and their number. */
  Crew(String run, int users, List<InetSocketAddress> nodes)
      throws IOException, InterruptedException {
    this.run = run;
    this.nodes = nodes;
    var accounts = new Accounts();
    var logins =
        IntStream.range(0, users)
            .mapToObj(user -> new Accounts.Login(name(run, user), node(user)))
            .toList();
    accounts.register(logins);
    long start = System.nanoTime();
    this.tokens = accounts.signIn(logins);
    this.signingIn = Duration.ofNanos(System.nanoTime() - start);
    this.loop = new Loop(ACKNOWLEDGE_EVERY, this::pass);
  }

  private InetSocketAddress node(int user) {
    return nodes.get(user % nodes.size());
  }

  static String name(String run, int user) {
    return run + user;
  }

  /** Makes a group of all; its conversation id. */
  String createGroup() {
    var members =
        IntStream.range(1, tokens.size())
            .mapToObj(user -> "\"" + name(run, user) + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    var body = "{\"title\":\"Everybody\",\"members\":%s}".formatted(members);
    var made = new Rest().post(nodes.getFirst(), "/groups", tokens.getFirst(), body);
    return Rest.text(made, "conversation");
  }

  /** How long all took to sign in. */
  Duration signingIn() {
    return signingIn;
  }

  /** The nodes are elsewhere now. */
  void moveTo(List<InetSocketAddress> addresses) {
    nodes = addresses;
  }

  /** Opens a socket for each of the users; waits until they have all that was there for them. */
  void attach(int from, int until, Device.Traffic traffic) throws InterruptedException {
    for (int first = from; first < until; first += OPENED_TOGETHER_MAX) {
      int last = Math.min(until, first + OPENED_TOGETHER_MAX);
      var ready = new CountDownLatch(last - first);
      for (int user = first; user < last; user++) {
        connect(user, new Ready(traffic, ready));
      }
      if (!ready.await(READY_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(ready.getCount() + " sockets were not ready in time");
      }
    }
  }

  private void connect(int user, Device.Traffic traffic) {
    var device = new Device(user, traffic);
    loop.run(() -> devices.add(device));
    loop.connect(node(user), tokens.get(user), device);
  }

  /** Counts those that are ready, beside what the run wants to know. */
  private record Ready(Device.Traffic traffic, CountDownLatch latch) implements Device.Traffic {

    @Override
    public void ready(Device device) {
      latch.countDown();
      traffic.ready(device);
    }

    @Override
    public void received(Device device, Frame message) {
      traffic.received(device, message);
    }

    @Override
    public void sent(Device device, long sequence) {
      traffic.sent(device, sequence);
    }

    @Override
    public void refused(Device device, long sequence) {
      traffic.refused(device, sequence);
    }

    @Override
    public void passed(Device device) {
      traffic.passed(device);
    }

    @Override
    public void paused(Device device) {
      traffic.paused(device);
    }

    @Override
    public boolean acknowledgesLater() {
      return traffic.acknowledgesLater();
    }

    @Override
    public void failed(String why) {
      traffic.failed(why);
    }

    @Override
    public void ended(String why) {
      traffic.ended(why);
    }
  }

  private void pass() {
    for (var device : devices) {
      if (device.connection() != null) {
        device.passed();
        device.connection().flush();
      }
    }
  }

  Loop loop() {
    return loop;
  }

  List<Device> devices() {
    return devices;
  }

  @Override
  public void close() {
    loop.close();
  }
}
