package parley;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A device that attaches and never reads again. It is written on TCP, since a client library would
 * read; its receive buffer is small, so that what is sent to it piles up at the node.
 */
final class StalledSocket implements AutoCloseable {

  private static final int RECEIVE_BYTES = 4 * 1024;
  private static final int TIMEOUT_MS = 30_000;
  private static final String UPGRADE =
      """
      GET /socket HTTP/1.1
      Host: %s
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Protocol: parley.v1
      Authorization: Bearer %s

      """;

  private final Socket socket = new Socket();

  private StalledSocket() {}

  /** Opens a socket of the user's device and attaches it. */
  static StalledSocket attach(ChatUser user) {
    var stalled = new StalledSocket();
    try {
      stalled.open(user);
      return stalled;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open(ChatUser user) throws IOException {
    var node = user.node();
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.setSoTimeout(TIMEOUT_MS);
    socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), TIMEOUT_MS);
    var upgrade = UPGRADE.formatted(node.getAuthority(), user.token()).replace("\n", "\r\n");
    socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
    var answer =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    var status = answer.readLine();
    if (status == null || !status.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("No upgrade, but " + status);
    }
    socket.getOutputStream().write(masked("{\"t\":\"attach\",\"after\":0}"));
  }

  /** A text frame of RFC 6455; its mask is zero, which leaves the text as it is. */
  private static byte[] masked(String text) {
    var payload = text.getBytes(StandardCharsets.US_ASCII);
    var frame = new byte[6 + payload.length];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return frame;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
