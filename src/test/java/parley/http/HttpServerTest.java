package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  @Test
  void a_port_in_use_is_told_in_words() {
    try (var server = new RestServer()) {
      var second =
          HttpServer.start(
              server.system(), server.address(), complete("never"), Duration.ofSeconds(1));

      assertThatThrownBy(() -> second.toCompletableFuture().join())
          .cause()
          .isInstanceOf(HttpServer.CannotListen.class)
          .hasMessageContaining("Cannot listen on 127.0.0.1:" + server.address().getPort())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void an_address_of_another_machine_is_told_in_words() {
    try (var server = new RestServer()) {
      var elsewhere =
          HttpServer.start(
              server.system(),
              new InetSocketAddress("192.0.2.1", 0),
              complete("never"),
              Duration.ofSeconds(1));

      assertThatThrownBy(() -> elsewhere.toCompletableFuture().join())
          .cause()
          .isInstanceOf(HttpServer.CannotListen.class)
          .hasMessageContaining("Cannot listen on 192.0.2.1:0");
    }
  }

  @Test
  void it_listens_until_the_system_stops() {
    var server = new RestServer();
    assertThat(server.call("GET", "/health/live", "").statusCode()).isEqualTo(200);

    server.close();

    assertThatThrownBy(() -> connect(server.address())).isInstanceOf(IOException.class);
  }

  private static void connect(InetSocketAddress address) throws IOException {
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      assertThat(socket.isConnected()).isFalse();
    }
  }
}
