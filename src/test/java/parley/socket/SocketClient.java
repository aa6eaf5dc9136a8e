package parley.socket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client on the WebSocket of the JDK. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final long TIMEOUT_SECONDS = 20;

  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final boolean reads;
  private final WebSocket socket;
  private volatile String closeReason = "";

  private SocketClient(URI uri, Optional<String> token, boolean reads) {
    this.reads = reads;
    var handshake = HTTP.newWebSocketBuilder().subprotocols("parley.v1");
    token.ifPresent(it -> handshake.header("Authorization", "Bearer " + it));
    this.socket = handshake.buildAsync(uri, this).join();
  }

  /** A socket that was opened with the token. */
  static SocketClient open(URI uri, String token) {
    return new SocketClient(uri, Optional.of(token), true);
  }

  /** A socket that was opened with a ticket. */
  static SocketClient openWithTicket(URI uri, String ticket) {
    return new SocketClient(URI.create(uri + "?ticket=" + ticket), Optional.empty(), true);
  }

  /** The same, but it never reads. */
  static SocketClient openStalled(URI uri, String token) {
    return new SocketClient(uri, Optional.of(token), false);
  }

  String protocol() {
    return socket.getSubprotocol();
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (reads) {
      opened.request(1);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      frames.add(read(text.toString()));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closeReason = reason;
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** Sends a frame; single quotes stand for double ones. */
  SocketClient say(String json) {
    socket.sendText(json.replace('\'', '"'), true).join();
    return this;
  }

  SocketClient sayBinary(byte[] data) {
    socket.sendBinary(ByteBuffer.wrap(data), true).join();
    return this;
  }

  SocketClient sendTo(String to, String ref, String text) {
    return say("{'t':'send','ref':'%s','to':'%s','text':'%s'}".formatted(ref, to, text));
  }

  SocketClient ack(long pos) {
    return say("{'t':'ack','pos':%d}".formatted(pos));
  }

  /** The next frame. */
  JsonNode next() {
    try {
      var frame = frames.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("No frame came in time");
      }
      return frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The next frame of the type; those before it are lost. */
  JsonNode next(String type) {
    return upTo(frame -> frame.path("t").asText().equals(type)).getLast();
  }

  /** All frames up to and including the first that fits. */
  List<JsonNode> upTo(Predicate<JsonNode> fits) {
    var all = new ArrayList<JsonNode>();
    do {
      all.add(next());
    } while (!fits.test(all.getLast()));
    return all;
  }

  /** The code that the server closes with. */
  int closeCode() {
    return closed.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
  }

  String closeReason() {
    return closeReason;
  }

  /** Cuts the connection without a word. */
  @Override
  public void close() {
    socket.abort();
  }
}
