package parley.load.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one thread on which all connections are read. */
public final class Loop implements AutoCloseable {

  /** What one read takes at most: many frames, so that they are handled together. */
  private static final int READ_BYTES_MAX = 1024 * 1024;

  /** Sockets from one address to one port: well below the ports that systems give out. */
  private static final int FROM_ONE_ADDRESS_MAX = 20_000;

  private static final int ANSWER_SECONDS_MAX = 60;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES_MAX);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Duration interval;
  private final Runnable tick;
  private long nextTick = System.nanoTime();
  private int opened;
  private volatile boolean closed;

  /**
   * A loop that runs.
   *
   * @param tick runs on its thread once in each interval
   */
  public Loop(Duration interval, Runnable tick) throws IOException {
    this.selector = Selector.open();
    this.interval = interval;
    this.tick = tick;
    var thread = new Thread(this::run, "load-loop");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens a WebSocket. */
  public void connect(InetSocketAddress to, String token, Connection.Listener listener) {
    run(() -> {
      try {
        var mask = ThreadLocalRandom.current().nextInt();
        var connection = new Connection(source(to), to, token, mask, listener);
        var key = connection.channel().register(selector, SelectionKey.OP_CONNECT, connection);
        connection.registered(key);
      } catch (IOException e) {
        listener.closed(e.toString());
      }
    });
  }

  /** Where the next socket comes from: on one machine each address has ports of its own. */
  private Optional<InetSocketAddress> source(InetSocketAddress to) throws UnknownHostException {
    int address = opened++ / FROM_ONE_ADDRESS_MAX;
    if (address == 0 || !to.getAddress().isLoopbackAddress()) {
      return Optional.empty();
    }
    var source = LOOPBACK.clone();
    source[LOOPBACK.length - 1] += (byte) address;
    return Optional.of(new InetSocketAddress(InetAddress.getByAddress(source), 0));
  }

  /** Runs the task on the loop's thread. */
  public void run(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /** What the question finds on the loop's thread; fails when that does not answer any more. */
  public <T> T ask(Callable<T> question) throws InterruptedException {
    var asked = new FutureTask<>(question);
    run(asked);
    try {
      return asked.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("The loop has ended, or does not get round", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::ready, millisToTick());
        for (var task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        if (System.nanoTime() - nextTick >= 0) {
          tick.run();
          nextTick = System.nanoTime() + interval.toNanos();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long millisToTick() {
    return Math.max(1, (nextTick - System.nanoTime()) / NANOS_PER_MILLI);
  }

  private void ready(SelectionKey key) {
    var connection = (Connection) key.attachment();
    try {
      if (key.isConnectable()) {
        connection.connected();
        return;
      }
      if (key.isReadable()) {
        connection.read(buffer.clear());
      }
      if (key.isValid() && key.isWritable()) {
        connection.flush();
      }
    } catch (IOException e) {
      connection.close(e.toString());
    }
  }

  /** Ends the thread, soon; connections stay as they are. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
