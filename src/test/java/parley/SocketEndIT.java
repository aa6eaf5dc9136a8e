package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.SocketFixture.pos;
import static parley.SocketFixture.text;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the node ends a socket, and what a client finds when it comes back. */
class SocketEndIT {

  private static final String SHORT_LIFETIME =
      """
      parley.account.access-token-lifetime = 4s
      """;

  @TempDir private Path folder;

  @Test
  void an_orderly_end_of_the_node_tells_clients_to_reconnect_and_keeps_their_cursors() {
    var data = folder.resolve("data");
    ChatUser ben;
    try (var node = RunningNode.start(data, SocketFixture.SETTINGS, "")) {
      var ann = ChatUser.register(node.uri(), "ann");
      ben = ChatUser.register(node.uri(), "ben");
      var sender = SocketClient.live(SocketLibrary.JDK, ann);
      var reader = SocketClient.live(SocketLibrary.JAVA_WEBSOCKET, ben);
      for (int i = 0; i < 20; i++) {
        sender.sendMessage("r-" + i, "ben", "m" + i);
      }
      sender.await("sent", 20);
      reader.ack(pos(reader.await("message", 20).get(9)));
      sender.await("receipt");

      assertThat(node.terminate()).isZero();

      for (var socket : List.of(sender, reader)) {
        assertThat(socket.await("draining").get("reconnectAfterMs").longValue()).isNotNegative();
        assertThat(socket.awaitEnd().code()).isBetween(4000, 4499);
      }
    }

    try (var node = RunningNode.start(data, SocketFixture.SETTINGS, "")) {
      ben.moveTo(node.uri());
      var socket = SocketClient.open(SocketLibrary.JAVA_WEBSOCKET, ben);
      var hello = socket.attach();

      assertThat(hello.get("from").longValue()).isEqualTo(10);
      assertThat(pos(hello)).isEqualTo(20);
      assertThat(text(hello, "resume")).isEqualTo("complete");
      assertThat(pos(socket.await("message", 10).getFirst())).isEqualTo(11);
    }
  }

  @Test
  void a_token_that_expires_ends_its_socket() {
    var settings = SocketFixture.SETTINGS + SHORT_LIFETIME;
    try (var node = RunningNode.start(folder.resolve("data"), settings, "")) {
      var ann = ChatUser.register(node.uri(), "ann");

      var sockets =
          List.of(
              SocketClient.live(SocketLibrary.JDK, ann),
              SocketClient.live(SocketLibrary.JAVA_WEBSOCKET, ann));

      for (var socket : sockets) {
        var end = socket.awaitEnd();
        assertThat(end.code()).isBetween(4500, 4999);
        assertThat(end.reason()).isNotEmpty();
      }
    }
  }
}
