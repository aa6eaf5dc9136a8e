package parley.load.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/** The one thread on which all connections are read. */
public final class Loop implements AutoCloseable {

  /** What one read takes at most: many frames, so that they are handled together. */
  private static final int READ_BYTES_MAX = 1024 * 1024;

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES_MAX);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Duration interval;
  private final Runnable tick;
  private long nextTick = System.nanoTime();
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
        var connection = new Connection(to, token, mask, listener);
        var key = connection.channel().register(selector, SelectionKey.OP_CONNECT, connection);
        connection.registered(key);
      } catch (IOException e) {
        listener.closed(e.toString());
      }
    });
  }

  /** Runs the task on the loop's thread. */
  public void run(Runnable task) {
    tasks.add(task);
    selector.wakeup();
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
