package parley.load.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import parley.load.client.Accounts;
import parley.load.client.Tus;
import parley.load.report.Figures;

/**
 * Users who upload a file each, all at the same time, and read it back: how fast that is, and what
 * the node keeps in memory meanwhile. With as little heap as {@code jvm=} gives it, a node that
 * held files in memory would not survive it.
 */
final class Uploads {

  /** What each uploads first, so that what is measured is not a cold node. */
  private static final int PRACTICE_BYTES = 1 << 20;

  private static final int FILE_BYTES = 100 << 20;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration ASK_EVERY = Duration.ofMillis(100);
  private static final double BYTES_PER_MB = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<Tus> users;
  private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads;

  private Uploads(List<Tus> users, ExecutorService threads) {
    this.users = users;
    this.threads = threads;
  }

  static Figures run(Options options) throws IOException, InterruptedException {
    int count = options.number("users", 50);
    int bytes = options.number("bytes", FILE_BYTES);
    var numbers = new LinkedHashMap<String, Double>();
    try (var node = Node.of(options);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var uploads = new Uploads(signIn(options, count, node, client), threads);
      uploads.practise();
      var process = node.processes().getFirst();
      var heap = new Heap(node.addresses().getFirst(), process, process.liveBytes());
      uploads.measure(bytes, heap, process, numbers);
      heap.addTo(numbers);
      int most = options.number("heap", 256);
      if (heap.moreMegabytes() > most) {
        uploads.faults.add("The heap grew by more than %d MB".formatted(most));
      }
      return new Figures(
          options.toString(),
          Instant.now(),
          numbers,
          List.of(),
          List.of(),
          List.copyOf(uploads.faults));
    }
  }

  private static List<Tus> signIn(Options options, int count, Node node, HttpClient client)
      throws InterruptedException {
    var run = options.text("run", "u");
    var nodes = node.addresses();
    var logins =
        IntStream.range(0, count)
            .mapToObj(
                user -> new Accounts.Login(Crew.name(run, user), nodes.get(user % nodes.size())))
            .toList();
    var accounts = new Accounts();
    accounts.register(logins);
    var tokens = accounts.signIn(logins);
    return IntStream.range(0, count)
        .mapToObj(user -> new Tus(client, logins.get(user).node(), tokens.get(user)))
        .toList();
  }

  /** What one user does. */
  private interface Work {
    void run(int user) throws IOException, InterruptedException;
  }

  /** All users do it at the same time, each on a thread of their own. */
  private List<Future<?>> begin(Work work) {
    var all = new ArrayList<Future<?>>();
    for (int i = 0; i < users.size(); i++) {
      int user = i;
      all.add(
          threads.submit(() -> {
            try {
              work.run(user);
            } catch (IOException | RuntimeException e) {
              faults.add("User %d: %s".formatted(user, e));
            }
            return null;
          }));
    }
    return all;
  }

  /** Looks at the node's memory until all is done. */
  private static void await(List<Future<?>> all, Runnable look) throws InterruptedException {
    while (!all.stream().allMatch(Future::isDone)) {
      look.run();
      Thread.sleep(LOOK_EVERY);
    }
  }

  private String upload(int user, Content content) throws IOException, InterruptedException {
    var path = users.get(user).create(content.sizeBytes());
    users.get(user).append(path, content::stream, content.sizeBytes());
    return path;
  }

  private void awaitReady(int user, String path) throws IOException, InterruptedException {
    while (!users.get(user).isReady(path)) {
      Thread.sleep(ASK_EVERY);
    }
  }

  private void readBack(int user, String path, Content content)
      throws IOException, InterruptedException {
    try (var bytes = users.get(user).read(path)) {
      if (!content.matches(bytes)) {
        faults.add("User %d did not get back what they uploaded".formatted(user));
      }
    }
  }

  private void practise() throws InterruptedException {
    Work all =
        user -> {
          var content = new Content(user, PRACTICE_BYTES);
          var path = upload(user, content);
          awaitReady(user, path);
          readBack(user, path, content);
        };
    await(begin(all), () -> {});
  }

  private void measure(int bytes, Heap heap, ProcessMeter process, Map<String, Double> numbers)
      throws InterruptedException {
    var paths = new String[users.size()];
    double megabytes = users.size() * (bytes / BYTES_PER_MB);
    long cpu = process.cpuMicros();
    long start = System.nanoTime();
    await(begin(user -> paths[user] = upload(user, new Content(user, bytes))), heap::look);
    long uploaded = System.nanoTime();
    numbers.put("uploaded, MB/s", megabytes / seconds(start, uploaded));
    numbers.put("node CPU-ms / MB uploaded", (process.cpuMicros() - cpu) / 1e3 / megabytes);
    await(begin(user -> awaitReady(user, paths[user])), heap::look);
    long ready = System.nanoTime();
    numbers.put("all ready after, s", seconds(uploaded, ready));
    cpu = process.cpuMicros();
    await(begin(user -> readBack(user, paths[user], new Content(user, bytes))), heap::look);
    numbers.put("read back, MB/s", megabytes / seconds(ready, System.nanoTime()));
    numbers.put("node CPU-ms / MB read back", (process.cpuMicros() - cpu) / 1e3 / megabytes);
  }

  private static double seconds(long from, long to) {
    return (to - from) / NANOS_PER_SECOND;
  }
}
