package parley;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What stands behind a load balancer: it answers with its name and what it was told of the client's
 * address, and is ready or not as a test wants it.
 */
final class AskedServer implements AutoCloseable {

  private static final int TIMEOUT_SECONDS = 30;

  private final String name;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore refusedChecks = new Semaphore(0);
  private final CountDownLatch askedSlowly = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile boolean ready = true;

  private AskedServer(String name, HttpServer server) {
    this.name = name;
    this.server = server;
  }

  static AskedServer start(String name) {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var asked = new AskedServer(name, HttpServer.create(address, 0));
      asked.server.setExecutor(asked.threads);
      asked.server.createContext("/", asked::onRequest);
      asked.server.createContext("/slow", asked::onSlow);
      asked.server.createContext("/health/ready", asked::onCheck);
      asked.server.start();
      return asked;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void onRequest(HttpExchange exchange) throws IOException {
    var addresses = exchange.getRequestHeaders().get("X-Forwarded-For");
    answer(exchange, 200, name + " " + addresses);
  }

  private void onSlow(HttpExchange exchange) throws IOException {
    askedSlowly.countDown();
    await(release);
    answer(exchange, 200, name);
  }

  private void onCheck(HttpExchange exchange) throws IOException {
    boolean refused = !ready;
    answer(exchange, refused ? 503 : 200, "");
    if (refused) {
      refusedChecks.release();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var bytes = body.getBytes();
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Is not ready any more; returns when whoever checks has been told so as often. */
  void drain(int checks) {
    ready = false;
    try {
      if (!refusedChecks.tryAcquire(checks, TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Not checked");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns when somebody has asked for {@code /slow}. */
  void awaitSlowRequest() {
    await(askedSlowly);
  }

  /** Lets {@code /slow} be answered. */
  void release() {
    release.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("Not in time");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
