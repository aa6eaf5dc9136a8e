package parley.load.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One WebSocket. What is sent is collected until {@link #flush}; what arrives is told to the
 * listener, on the loop's thread. Sending is safe on any thread.
 */
public final class Connection {

  /** What may wait to be written: far beyond it the server does not keep up with the load. */
  private static final int WAITING_BYTES_MAX = 256 * 1024 * 1024;

  private static final int OUT_BYTES_FIRST = 512;
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final Listener listener;
  private final int mask;
  private final byte[] request;
  private SelectionKey key;
  private ByteBuffer out = NOTHING;
  private ByteBuffer rest = NOTHING;
  private boolean upgraded;

  /** Whom a connection tells. All calls come on the loop's thread. */
  public interface Listener {

    /** It is a WebSocket now. */
    void opened(Connection connection);

    /** A frame has arrived. It is gone after the call. */
    void received(Connection connection, Frame frame);

    /** What had arrived together has been told. */
    void paused(Connection connection);

    /** It is over, and why. */
    void closed(String why);
  }

  /** A connection that the loop opens, from there when that is said. */
  Connection(
      Optional<InetSocketAddress> from,
      InetSocketAddress to,
      String token,
      int mask,
      Listener listener)
      throws IOException {
    this.listener = listener;
    this.mask = mask;
    this.request =
        """
        GET /socket HTTP/1.1
        Host: %s:%d
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: cGFybGV5IGxvYWQgdGVzdA==
        Sec-WebSocket-Protocol: parley.v1
        Authorization: Bearer %s

        """
            .formatted(to.getHostString(), to.getPort(), token)
            .replace("\n", "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    this.channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
    if (from.isPresent()) {
      channel.bind(from.get());
    }
    channel.connect(to);
  }

  SocketChannel channel() {
    return channel;
  }

  void registered(SelectionKey selected) {
    key = selected;
  }

  void connected() throws IOException {
    channel.finishConnect();
    key.interestOps(SelectionKey.OP_READ);
    synchronized (this) {
      reserve(request.length);
      out.put(request);
    }
    flush();
  }

  /** Puts a text frame behind those that wait. */
  public synchronized void send(byte[] text) {
    reserve(Framing.HEADER_BYTES_MAX + text.length);
    Framing.put(out, Framing.TEXT, text, mask);
  }

  private void reserve(int bytes) {
    if (out.remaining() >= bytes) {
      return;
    }
    int needed = out.position() + bytes;
    if (needed > WAITING_BYTES_MAX) {
      throw new IllegalStateException("The server does not take what is sent");
    }
    var larger = ByteBuffer.allocate(Math.max(OUT_BYTES_FIRST, 2 * needed));
    out = larger.put(out.flip());
  }

  /** Lets go out what was sent, as far as the system takes it; the rest follows by itself. */
  public synchronized void flush() {
    if (out.position() == 0) {
      return;
    }
    try {
      channel.write(out.flip());
      out.compact();
    } catch (IOException e) {
      out.clear();
      close(e.toString());
      return;
    }
    int wanted =
        out.position() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.isValid() && key.interestOps() != wanted) {
      key.interestOps(wanted);
      key.selector().wakeup();
    }
    if (out.position() == 0 && out.capacity() > 64 * OUT_BYTES_FIRST) {
      out = NOTHING;
    }
  }

  /** Reads what is there into the buffer, which is empty, and tells the listener of it. */
  void read(ByteBuffer buffer) {
    try {
      buffer.put(rest);
      rest = NOTHING;
      if (channel.read(buffer) < 0) {
        close("The server has closed the connection");
        return;
      }
      take(buffer.flip());
      if (buffer.hasRemaining()) {
        rest =
            ByteBuffer.wrap(Arrays.copyOfRange(buffer.array(), buffer.position(), buffer.limit()));
      }
      listener.paused(this);
    } catch (IOException | IllegalStateException e) {
      close(e.getMessage());
    }
  }

  private void take(ByteBuffer in) {
    if (!upgraded && !upgrade(in)) {
      return;
    }
    for (var frame = Framing.take(in); frame.isPresent(); frame = Framing.take(in)) {
      take(frame.get());
    }
  }

  private void take(Framing.Received frame) {
    switch (frame.opcode()) {
      case Framing.PING -> {
        pong(frame.payload());
        flush();
      }
      case Framing.CLOSE -> close("The server has closed the socket: " + reason(frame.payload()));
      default -> listener.received(this, new Frame(frame.payload()));
    }
  }

  private synchronized void pong(ByteBuffer payload) {
    var data = new byte[payload.remaining()];
    payload.get(data);
    reserve(Framing.HEADER_BYTES_MAX + data.length);
    Framing.put(out, Framing.PONG, data, mask);
  }

  private static String reason(ByteBuffer payload) {
    return payload.remaining() < Short.BYTES
        ? "no reason given"
        : Short.toUnsignedInt(payload.getShort()) + " " + new Frame(payload.slice());
  }

  private boolean upgrade(ByteBuffer in) {
    int end = end(in);
    if (end < 0) {
      return false;
    }
    var head = new Frame(in.slice(in.position(), end - in.position())).toString();
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IllegalStateException("Not upgraded: " + head.lines().findFirst().orElse(""));
    }
    in.position(end);
    upgraded = true;
    listener.opened(this);
    return true;
  }

  private static int end(ByteBuffer in) {
    for (int at = in.position(); at + END_OF_HEAD.length <= in.limit(); at++) {
      if (in.slice(at, END_OF_HEAD.length).equals(ByteBuffer.wrap(END_OF_HEAD))) {
        return at + END_OF_HEAD.length;
      }
    }
    return -1;
  }

  /** Ends it; once. */
  public void close(String why) {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    listener.closed(why);
  }
}
