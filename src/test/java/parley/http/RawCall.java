package parley.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** One exchange over a bare socket, for what no HTTP client would send. */
record RawCall(String answer) {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");

  /** Writes the text as it is, says that no more will come, and reads all that is answered. */
  static RawCall to(InetSocketAddress address, String text) {
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new RawCall(
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status() {
    var status = STATUS.matcher(answer);
    if (!status.lookingAt()) {
      throw new AssertionError("No answer: " + answer);
    }
    return Integer.parseInt(status.group(1));
  }

  String head() {
    return answer.substring(0, answer.indexOf("\r\n\r\n"));
  }

  String body() {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
