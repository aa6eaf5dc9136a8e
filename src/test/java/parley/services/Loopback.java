package parley.services;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;

/** Ports of this machine, and questions to who listens on them. */
public final class Loopback {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);

  private Loopback() {}

  /** A port that nobody listens on now. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first bytes of the answer to the request; empty when there is none, or not in time. */
  static Optional<byte[]> ask(InetSocketAddress address, byte[] request, int answerSizeBytes) {
    try (var socket = new Socket()) {
      socket.connect(address, (int) ANSWER_TIMEOUT.toMillis());
      socket.setSoTimeout((int) ANSWER_TIMEOUT.toMillis());
      socket.getOutputStream().write(request);
      var answer = new byte[answerSizeBytes];
      new DataInputStream(socket.getInputStream()).readFully(answer);
      return Optional.of(answer);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
