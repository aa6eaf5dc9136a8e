package parley;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.protocols.Protocol;

/** The WebSocket clients that the tests use: all are written by others. */
enum SocketLibrary {
  /** java.net.http of the JDK. */
  JDK {
    @Override
    Line open(URI uri, Map<String, String> headers, Receiver receiver) {
      return JdkLine.open(uri, headers, receiver);
    }
  },
  /** org.java-websocket. */
  JAVA_WEBSOCKET {
    @Override
    Line open(URI uri, Map<String, String> headers, Receiver receiver) {
      return OtherLine.open(uri, headers, receiver);
    }
  };

  private static final String SUBPROTOCOL = "parley.v1";
  private static final int TIMEOUT_SECONDS = 30;

  /** The code of a connection that ended without a close frame: RFC 6455, section 7.1.5. */
  static final int NO_CLOSE_FRAME = 1006;

  /**
   * Opens a socket. Throws {@link Refused} when the node does not want to, {@link
   * UncheckedIOException} when there is none.
   */
  abstract Line open(URI uri, Map<String, String> headers, Receiver receiver);

  /** An open socket. What is sent on one that is closed is lost. */
  interface Line {
    void send(String text);

    void sendBinary(byte[] bytes);

    /** Says goodbye. */
    void close();

    /** Cuts the connection without a close frame. */
    void cut();

    String subprotocol();
  }

  /** Is told what comes over a socket, one thing at a time. */
  interface Receiver {
    void received(String text);

    void closed(int code, String reason);
  }

  /** The node answered something else than the upgrade. */
  static final class Refused extends RuntimeException {
    private final int status;

    Refused(int status) {
      super("The upgrade is refused with " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private static final class JdkLine implements Line, WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Receiver receiver;
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private JdkLine(Receiver receiver) {
      this.receiver = receiver;
    }

    private static Line open(URI uri, Map<String, String> headers, Receiver receiver) {
      var line = new JdkLine(receiver);
      var builder = HTTP.newWebSocketBuilder().subprotocols(SUBPROTOCOL);
      headers.forEach(builder::header);
      try {
        line.socket =
            builder.buildAsync(uri, line).orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        return line;
      } catch (CompletionException e) {
        if (e.getCause() instanceof WebSocketHandshakeException refused) {
          throw new Refused(refused.getResponse().statusCode());
        }
        throw new UncheckedIOException(new IOException(e.getCause()));
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        receiver.received(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      receiver.closed(code, reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable cause) {
      receiver.closed(NO_CLOSE_FRAME, cause.toString());
    }

    @Override
    public synchronized void send(String frame) {
      await(socket.sendText(frame, true));
    }

    @Override
    public synchronized void sendBinary(byte[] bytes) {
      await(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    /** This client takes one frame at a time. */
    private static void await(CompletionStage<WebSocket> sent) {
      try {
        sent.toCompletableFuture().orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
      } catch (CompletionException closed) {
        if (!(closed.getCause() instanceof IOException)) {
          throw closed;
        }
      }
    }

    @Override
    public synchronized void close() {
      await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
    }

    @Override
    public void cut() {
      socket.abort();
    }

    @Override
    public String subprotocol() {
      return socket.getSubprotocol();
    }
  }

  private static final class OtherLine extends WebSocketClient implements Line {

    private static final Pattern STATUS =
        Pattern.compile("Invalid status code received: (\\d+) .*");

    private final Receiver receiver;
    private volatile boolean open;
    private volatile Optional<String> refusal = Optional.empty();

    private OtherLine(URI uri, Map<String, String> headers, Receiver receiver) {
      super(
          uri,
          new Draft_6455(List.of(), List.of(new Protocol(SUBPROTOCOL))),
          headers,
          TIMEOUT_SECONDS * 1_000);
      this.receiver = receiver;
      setTcpNoDelay(true);
      setConnectionLostTimeout(0);
    }

    private static Line open(URI uri, Map<String, String> headers, Receiver receiver) {
      var line = new OtherLine(uri, headers, receiver);
      try {
        if (line.connectBlocking(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          return line;
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      var reason = line.refusal.orElse("no answer");
      var status = STATUS.matcher(reason);
      if (status.matches()) {
        throw new Refused(Integer.parseInt(status.group(1)));
      }
      throw new UncheckedIOException(new IOException(reason));
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
      open = true;
    }

    @Override
    public void onMessage(String text) {
      receiver.received(text);
    }

    @Override
    public void onClose(int code, String reason, boolean byNode) {
      if (open) {
        receiver.closed(code, reason);
      } else {
        refusal = Optional.of(reason);
      }
    }

    @Override
    public void onError(Exception cause) {
      // What follows from it is told by onClose.
    }

    @Override
    public void send(String frame) {
      try {
        super.send(frame);
      } catch (WebsocketNotConnectedException closed) {
        // Its receiver has been told, or will be.
      }
    }

    @Override
    public void sendBinary(byte[] bytes) {
      super.send(bytes);
    }

    /** With a reset instead of TCP's own goodbye. */
    @Override
    public void cut() {
      try (Socket socket = getSocket()) {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String subprotocol() {
      return getProtocol().getProvidedProtocol();
    }
  }
}
