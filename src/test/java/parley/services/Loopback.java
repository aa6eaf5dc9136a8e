package parley.services;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Ports of this machine, and questions to who listens on them. */
public final class Loopback {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final int LOWEST_PORT = 10_000;
  private static final int HIGHEST_PORT = 32_000;

  /** Starts anywhere, so that two runs of the tests at once seldom meet. */
  private static final AtomicInteger nextOffset =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(HIGHEST_PORT));

  private Loopback() {}

  /** A port that nobody listens on now. */
  public static int freePort() {
    return freePorts(1);
  }

  /**
   * The first of so many ports in a row that nobody listens on now. They are below those that a
   * system gives to outgoing connections, so that they are still free when a slow server starts.
   */
  public static int freePorts(int count) {
    while (true) {
      int offset = nextOffset.getAndAdd(count);
      int first = LOWEST_PORT + Math.floorMod(offset, HIGHEST_PORT - LOWEST_PORT - count);
      if (IntStream.range(first, first + count).allMatch(Loopback::isFree)) {
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether whoever listens there says anything to that. */
  static boolean answers(int port, byte[] request) {
    return ask(new InetSocketAddress("127.0.0.1", port), request, 1).isPresent();
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
