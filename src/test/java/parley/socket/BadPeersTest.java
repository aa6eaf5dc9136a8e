package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that stop reading, stop answering, or do not keep to RFC 6455. */
class BadPeersTest {

  @TempDir private static Path folder;

  private static SocketNode node;

  @BeforeAll
  static void start() {
    node =
        SocketNode.start(
            folder.resolve("data"),
            Map.of("parley.socket.ping-after", "400ms", "parley.socket.dead-after", "1500ms"));
    node.register("raw");
  }

  @AfterAll
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  /** A socket whose every byte is the test's. */
  private record Raw(Socket socket, InputStream in) implements AutoCloseable {

    static Raw open() throws IOException {
      var socket = new Socket("127.0.0.1", node.address().getPort());
      socket.setSoTimeout(20_000);
      var token = node.token("raw", "phone", Duration.ofMinutes(5));
      var request =
          "GET /socket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
              + "Authorization: Bearer "
              + token
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var in = socket.getInputStream();
      var head = new ByteArrayOutputStream();
      while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
        head.write(in.read());
      }
      assertThat(head.toString(StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 101");
      return new Raw(socket, in);
    }

    /** Writes a short frame under a mask of zeros. */
    void frame(int first, String text) throws IOException {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      var frame = new ByteArrayOutputStream();
      frame.write(first);
      frame.write(0x80 | bytes.length);
      frame.writeBytes(new byte[4]);
      frame.writeBytes(bytes);
      socket.getOutputStream().write(frame.toByteArray());
    }

    /** The next frame: its first byte and its text. */
    String next() throws IOException {
      int first = in.read();
      int length = in.read();
      if (length == 126) {
        length = in.read() << 8 | in.read();
      }
      return first < 0
          ? "end"
          : Integer.toHexString(first)
              + " "
              + new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void a_peer_that_does_not_answer_pings_is_cut_off() throws IOException {
    try (var raw = Raw.open()) {
      var before = Instant.now();

      assertThat(raw.next()).isEqualTo("89 ");
      assertThat(endOf(raw)).isEqualTo("end");

      assertThat(Duration.between(before, Instant.now()))
          .isBetween(Duration.ofMillis(1000), Duration.ofSeconds(5));
    }
  }

  /** A connection may end with a reset as well. */
  private static String endOf(Raw raw) {
    try {
      return raw.next();
    } catch (IOException reset) {
      return "end";
    }
  }

  @Test
  void a_peer_that_answers_pings_stays() throws IOException {
    try (var raw = Raw.open()) {
      for (int i = 0; i < 6; i++) {
        assertThat(raw.next()).isEqualTo("89 ");
        raw.frame(0x8a, "");
      }
      raw.frame(0x89, "are you there");
      assertThat(raw.next()).isEqualTo("8a are you there");
    }
  }

  @Test
  void a_message_in_parts_is_put_together() throws IOException {
    try (var raw = Raw.open()) {
      raw.frame(0x01, "{\"t\":");
      raw.frame(0x00, "\"pi");
      raw.frame(0x80, "ng\"}");

      assertThat(raw.next()).isEqualTo("81 {\"t\":\"pong\"}");
    }
  }

  @Test
  void a_close_is_answered() throws IOException {
    try (var raw = Raw.open()) {
      raw.frame(0x88, "");

      assertThat(raw.next()).startsWith("88 ");
      assertThat(endOf(raw)).isEqualTo("end");
    }
  }

  @Test
  void what_is_not_the_protocol_is_cut_off() throws IOException {
    try (var continued = Raw.open();
        var reserved = Raw.open();
        var unknown = Raw.open()) {
      continued.frame(0x80, "nothing to continue");
      reserved.frame(0xc1, "compressed");
      unknown.frame(0x83, "opcode 3");

      for (var raw : new Raw[] {continued, reserved, unknown}) {
        assertThat(raw.next()).startsWith("88 ").contains("\u0011\u0098");
      }
    }
  }

  @Test
  void a_frame_far_beyond_the_limit_is_cut_off_without_being_kept() throws IOException {
    try (var raw = Raw.open()) {
      var out = raw.socket().getOutputStream();
      out.write(new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
      var chunk = new byte[64 * 1024];
      IntStream.range(0, 140).forEach(i -> write(raw, chunk));

      assertThat(raw.next()).startsWith("88 ");
    }
  }

  private static void write(Raw raw, byte[] chunk) {
    try {
      raw.socket().getOutputStream().write(chunk);
    } catch (IOException cutOff) {
      // What is left is not read any more.
    }
  }

  @Test
  void readers_that_stall_do_not_hold_up_others() {
    node.register("writer", "reader");
    var stalled = new ArrayList<SocketClient>();
    for (int i = 0; i < 20; i++) {
      var token = node.token("reader", "stalled" + i, Duration.ofMinutes(5));
      stalled.add(SocketClient.openStalled(node.uri(), token).say("{'t':'attach','after':0}"));
    }
    try (var writer = node.attached("writer", "phone");
        var reader = node.attached("reader", "phone")) {
      var text = "x".repeat(32 * 1024);
      IntStream.range(0, 200).forEach(i -> writer.sendTo("reader", "r" + i, text));

      var last = reader.upTo(frame -> frame.path("pos").asLong() == 200).getLast();

      assertThat(last.path("t").asText()).isEqualTo("message");
    }
    stalled.forEach(SocketClient::close);
  }

  @Test
  void a_node_that_stops_tells_its_sockets_and_closes_them() {
    var other = SocketNode.start(folder.resolve("other"));
    other.register("ann");
    try (var ann = other.attached("ann", "phone")) {
      other.stop();

      assertThat(ann.next("draining").get("reconnectAfterMs").longValue()).isBetween(100L, 3_000L);
      assertThat(ann.closeCode()).isEqualTo(4000);
    }
  }

  @Test
  void what_was_said_is_there_after_a_restart_from_where_the_device_was() {
    var first = SocketNode.start(folder.resolve("again"));
    first.register("ann", "bob");
    try (var ann = first.attached("ann", "phone");
        var bob = first.attached("bob", "phone")) {
      ann.sendTo("bob", "r1", "one").sendTo("bob", "r2", "two");
      bob.upTo(frame -> frame.path("pos").asLong() == 2);
      bob.ack(1);
      ann.next("receipt");
    }
    first.stop();

    try (var second = SocketNode.start(folder.resolve("again"));
        var bob = second.open("bob", "phone").say("{'t':'attach'}")) {
      assertThat(bob.next("hello").get("from").longValue()).isEqualTo(1);
      assertThat(bob.next("message").at("/message/content/text").textValue()).isEqualTo("two");
    }
  }
}
