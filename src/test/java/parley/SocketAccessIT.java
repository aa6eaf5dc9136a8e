package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static parley.ChatUser.json;
import static parley.SocketFixture.pos;
import static parley.SocketFixture.text;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets a socket, and how it ends. */
class SocketAccessIT {

  private static final int SHORT_LIFETIME_SECONDS = 4;

  @TempDir private Path folder;

  private SocketFixture fixture;
  private ChatUser ann;

  @BeforeEach
  void start() {
    fixture = SocketFixture.start(folder.resolve("data"));
    ann = fixture.user("ann");
  }

  @AfterEach
  void stop() {
    fixture.closeSockets();
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(SocketLibrary.class)
  void nobody_gets_a_socket_without_a_token(SocketLibrary library) {
    assertRefused(library, "/socket", Map.of());
    assertRefused(library, "/socket", Map.of("Authorization", "Bearer nonsense"));
    assertRefused(library, "/socket", Map.of("Authorization", "Bearer " + ann.token() + "x"));
    assertRefused(library, "/socket?ticket=nonsense", Map.of());
  }

  private void assertRefused(SocketLibrary library, String path, Map<String, String> headers) {
    var node = fixture.node().uri();
    var refused =
        catchThrowableOfType(
            SocketLibrary.Refused.class, () -> SocketClient.open(library, node, path, headers));
    assertThat(refused).isNotNull();
    assertThat(refused.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource(SocketLibrary.class)
  void a_ticket_opens_one_socket(SocketLibrary library) {
    var answer = ann.call("POST", "/socket-tickets", "");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(Instant.parse(text(json(answer), "expiresAt")))
        .isBetween(Instant.now(), Instant.now().plusSeconds(31));
    var path = "/socket?ticket=" + text(json(answer), "ticket");

    try (var socket = SocketClient.open(library, ann.node(), path, Map.of())) {
      assertThat(text(socket.attach(), "user")).isEqualTo(ann.id());
      assertRefused(library, path, Map.of());
    }
  }

  @ParameterizedTest
  @EnumSource(SocketLibrary.class)
  void a_sign_out_ends_the_sockets_of_its_device_and_no_others(SocketLibrary library) {
    var other = fixture.device(ann);
    var staying = fixture.live(library, other);
    var first = fixture.live(library, ann);
    var second = fixture.live(library, ann);

    assertThat(ann.call("DELETE", "/sessions/current", "").statusCode()).isEqualTo(204);

    assertThat(first.awaitEnd().code()).isBetween(4500, 4999);
    assertThat(second.awaitEnd().code()).isBetween(4500, 4999);
    assertRefused(library, "/socket", Map.of("Authorization", "Bearer " + ann.token()));
    staying.untilPong();
  }

  @ParameterizedTest
  @EnumSource(SocketLibrary.class)
  void an_orderly_end_of_the_node_tells_the_clients_to_reconnect(SocketLibrary library) {
    var ben = fixture.user("ben");
    var socket = fixture.live(library, ann);
    var reader = fixture.live(library, ben);
    for (int i = 0; i < 20; i++) {
      socket.sendMessage("r-" + i, ben.id(), "m" + i);
    }
    socket.await("sent", 20);
    reader.ack(pos(reader.await("message", 20).get(9)));
    socket.await("receipt");

    assertThat(fixture.node().terminate()).isZero();

    var draining = socket.await("draining");
    assertThat(draining.get("reconnectAfterMs").longValue()).isBetween(0L, 60_000L);
    assertThat(socket.awaitEnd().code()).isBetween(4000, 4499);
    assertThat(reader.awaitEnd().code()).isBetween(4000, 4499);
    restart();
    ben.moveTo(fixture.node().uri());
    var hello = fixture.open(library, ben).attach();
    assertThat(hello.get("from").longValue()).isEqualTo(10);
    assertThat(pos(hello)).isGreaterThanOrEqualTo(20);
    assertThat(text(hello, "resume")).isEqualTo("complete");
  }

  private void restart() {
    fixture.closeSockets();
    fixture.close();
    fixture = SocketFixture.start(folder.resolve("data"));
  }

  @ParameterizedTest
  @EnumSource(SocketLibrary.class)
  void a_token_that_expires_ends_its_socket(SocketLibrary library) {
    var data = folder.resolve("short-lived");
    var lifetime = "parley.account.access-token-lifetime = %ds%n".formatted(SHORT_LIFETIME_SECONDS);
    try (var node = RunningNode.start(data, SocketFixture.SETTINGS + lifetime, "")) {
      var cid = ChatUser.register(node.uri(), "cid");
      var socket = SocketClient.live(library, cid);
      var start = Instant.now();

      var end = socket.awaitEnd();

      assertThat(end.code()).isBetween(4500, 4999);
      assertThat(end.reason()).isNotEmpty();
      assertThat(Duration.between(start, Instant.now()))
          .isLessThan(Duration.ofSeconds(SHORT_LIFETIME_SECONDS + 10));
    }
  }
}
