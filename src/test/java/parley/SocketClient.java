package parley;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.docs.AsyncApi;

/**
 * A socket of one device, and what came over it. Every frame that a test looks at is held against
 * the AsyncAPI document first.
 */
final class SocketClient implements AutoCloseable, SocketLibrary.Receiver {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final AsyncApi DOCUMENT = new AsyncApi();

  private final BlockingQueue<JsonNode> inbox = new LinkedBlockingQueue<>();
  private final List<JsonNode> kept = new ArrayList<>();
  private final CompletableFuture<Closed> end = new CompletableFuture<>();
  private SocketLibrary.Line line;

  private SocketClient() {}

  /** How a socket ended. */
  record Closed(int code, String reason) {}

  /** Opens a socket with the user's token; the stream has not begun. */
  static SocketClient open(SocketLibrary library, ChatUser user) {
    var headers = Map.of("Authorization", "Bearer " + user.token());
    return open(library, user.node(), "/socket", headers);
  }

  /** Opens a socket. Throws {@link SocketLibrary.Refused} and {@link UncheckedIOException}. */
  static SocketClient open(
      SocketLibrary library, URI node, String path, Map<String, String> headers) {
    var client = new SocketClient();
    var uri = URI.create(node.resolve(path).toString().replaceFirst("http", "ws"));
    client.line = library.open(uri, headers, client);
    return client;
  }

  /** Opens a socket whose stream is live. */
  static SocketClient live(SocketLibrary library, ChatUser user) {
    var client = open(library, user);
    client.attach();
    client.await("caught-up");
    return client;
  }

  @Override
  public void received(String text) {
    try {
      inbox.add(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void closed(int code, String reason) {
    end.complete(new Closed(code, reason));
  }

  String subprotocol() {
    return line.subprotocol();
  }

  /** Starts the stream after the device's last acknowledgement; the hello. */
  JsonNode attach() {
    send("{'t':'attach'}");
    return await("hello");
  }

  /** Starts the stream after a position; the hello. */
  JsonNode attach(long after) {
    send("{'t':'attach','after':%d}", after);
    return await("hello");
  }

  /** Sends a frame, formatted and in single quotes: JSON without its noise. */
  void send(String frame, Object... arguments) {
    line.send(frame.formatted(arguments).replace('\'', '"'));
  }

  /** Sends a message; it is answered with a frame "sent" or "error". */
  void sendMessage(String ref, String to, String text) {
    send("{'t':'send','ref':'%s','to':'%s','text':'%s'}", ref, to, text);
  }

  void sendBinary(byte[] bytes) {
    line.sendBinary(bytes);
  }

  void ack(long pos) {
    send("{'t':'ack','pos':%d}", pos);
  }

  /** The next frame, if one comes in time. */
  Optional<JsonNode> poll(Duration time) {
    try {
      return kept.isEmpty()
          ? Optional.ofNullable(inbox.poll(time.toMillis(), TimeUnit.MILLISECONDS))
              .map(SocketClient::documented)
          : Optional.of(kept.removeFirst());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The frame, which is as the AsyncAPI document says. */
  private static JsonNode documented(JsonNode frame) {
    DOCUMENT.validate(frame, true);
    return frame;
  }

  /** The next frame of whatever type. */
  JsonNode next() {
    return poll(TIMEOUT).orElseThrow(() -> new AssertionError("No frame came; " + end));
  }

  /** The next frame of that type; those of other types before it are kept for other calls. */
  JsonNode await(String type) {
    for (int i = 0; i < kept.size(); i++) {
      if (isOf(type, kept.get(i))) {
        return kept.remove(i);
      }
    }
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      var frame = take(deadline, type);
      if (isOf(type, frame)) {
        return frame;
      }
      kept.add(frame);
    }
  }

  private static boolean isOf(String type, JsonNode frame) {
    return frame.get("t").textValue().equals(type);
  }

  private JsonNode take(long deadline, String wanted) {
    try {
      var frame = inbox.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (frame == null) {
        throw new AssertionError("No \"%s\" came, but %s; %s".formatted(wanted, kept, end));
      }
      return documented(frame);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next frames of that type. */
  List<JsonNode> await(String type, int count) {
    var frames = new ArrayList<JsonNode>();
    while (frames.size() < count) {
      frames.add(await(type));
    }
    return frames;
  }

  /** All frames that were not asked for yet, up to the answer to a ping. */
  List<JsonNode> untilPong() {
    send("{'t':'ping'}");
    await("pong");
    var all = List.copyOf(kept);
    kept.clear();
    return all;
  }

  /** The frames of that type among these. */
  List<JsonNode> untilPong(String type) {
    return untilPong().stream().filter(frame -> isOf(type, frame)).toList();
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /** How the node ended it. */
  Closed awaitEnd() {
    return end.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
  }

  /** Cuts the connection without a close frame. */
  void cut() {
    line.cut();
  }

  /** Says goodbye. */
  @Override
  public void close() {
    line.close();
  }
}
