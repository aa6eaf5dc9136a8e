package parley.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A push service on a free port of this machine: it takes what comes, and answers as told. */
final class PushService implements AutoCloseable {

  private final LinkedBlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();
  private final ConcurrentHashMap<String, Integer> answers = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  record Delivery(String path, Headers headers, byte[] body) {}

  PushService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = exchange.getRequestBody().readAllBytes();
    taken.add(new Delivery(path, exchange.getRequestHeaders(), body));
    if (answers.getOrDefault(path, 201) == 302) {
      exchange.getResponseHeaders().add("Location", endpoint("/elsewhere"));
    }
    exchange.sendResponseHeaders(answers.getOrDefault(path, 201), -1);
    exchange.close();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  String endpoint(String path) {
    return origin() + path;
  }

  /** What is answered under that path from now on. */
  void answers(String path, int status) {
    answers.put(path, status);
  }

  Delivery next() throws InterruptedException {
    var next = taken.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a delivery").isNotNull();
    return next;
  }

  boolean isIdle() {
    return taken.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
