package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static parley.ChatUser.json;
import static parley.SocketFixture.text;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets a socket, and who keeps it. */
class SocketAccessIT {

  @TempDir private static Path folder;

  private static SocketFixture fixture;

  private ChatUser ann;

  @BeforeAll
  static void start() {
    fixture = SocketFixture.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @BeforeEach
  void a_user() {
    ann = fixture.user("ann");
  }

  @AfterEach
  void close() {
    fixture.closeSockets();
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
}
