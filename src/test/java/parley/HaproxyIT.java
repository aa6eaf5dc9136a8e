package parley;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.SocketFixture.said;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.services.RunningHaproxy;

/** conf/haproxy.cfg in a real HAProxy. */
class HaproxyIT {

  private static final Path CONFIG = Path.of(System.getProperty("parley.home"), "conf/haproxy.cfg");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (var each : running.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T kept(T resource) {
    running.add(resource);
    return resource;
  }

  private AskedServer server(String name) {
    return kept(AskedServer.start(name));
  }

  private URI before(AskedServer... servers) {
    return before(Stream.of(servers).map(AskedServer::uri).toList());
  }

  private URI before(List<URI> nodes) {
    return kept(RunningHaproxy.start(CONFIG, nodes)).uri();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5})
  void the_file_is_valid_for_any_number_of_nodes(int nodes) throws Exception {
    var uris = IntStream.rangeClosed(1, nodes).mapToObj(n -> URI.create("http://127.0.0.1:" + n));
    var command = new ArrayList<>(List.of("env"));
    command.addAll(RunningHaproxy.environment(uris.toList()));
    command.addAll(List.of(RunningHaproxy.program(), "-c", "-q", "-dW", "-f", CONFIG.toString()));

    var check = new ProcessBuilder(command).redirectErrorStream(true).start();
    var told = new String(check.getInputStream().readAllBytes());

    assertThat(check.waitFor()).as(told).isZero();
  }

  @Test
  void requests_go_round_the_nodes() throws Exception {
    var balancer = before(server("one"), server("two"), server("three"));

    var answers = new ArrayList<String>();
    for (int i = 0; i < 9; i++) {
      answers.add(get(balancer, "/messages").body().split(" ")[0]);
    }

    assertThat(answers).filteredOn("one"::equals).hasSize(3);
    assertThat(answers).filteredOn("two"::equals).hasSize(3);
    assertThat(answers).filteredOn("three"::equals).hasSize(3);
  }

  @Test
  void what_a_client_claims_to_be_its_address_is_dropped() throws Exception {
    var balancer = before(server("one"));

    var request = HttpRequest.newBuilder(balancer.resolve("/messages"));
    var answer = send(request.header("X-Forwarded-For", "203.0.113.7"));

    assertThat(answer.body()).isEqualTo("one [127.0.0.1]");
  }

  @Test
  void figures_of_a_node_are_not_shown() throws Exception {
    var balancer = before(server("one"));

    assertThat(get(balancer, "/metrics").statusCode()).isEqualTo(404);
    assertThat(get(balancer, "/metrics/").body()).startsWith("one");
  }

  @Test
  void a_node_that_drains_gets_nothing_new_and_answers_what_it_has() throws Exception {
    var leaving = server("leaving");
    var balancer = before(leaving);
    var slow = HttpRequest.newBuilder(balancer.resolve("/slow")).build();
    var answer = HTTP.sendAsync(slow, BodyHandlers.ofString());
    leaving.awaitSlowRequest();

    // One more than the balancer wants: the last but one has surely been taken in.
    leaving.drain(3);
    var refused = get(balancer, "/messages");
    leaving.release();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(answer.get().body()).isEqualTo("leaving");
  }

  @Test
  void a_node_that_died_costs_no_request() throws Exception {
    var dying = server("dying");
    var balancer = before(dying, server("living"));
    dying.close();

    for (int i = 0; i < 20; i++) {
      var request = HttpRequest.newBuilder(balancer.resolve("/messages"));
      var answer = send(request.POST(BodyPublishers.ofString("text " + i)));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith("living");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JDK", "JAVA_WEBSOCKET"})
  void sockets_go_through(SocketLibrary library) {
    var node = kept(RunningNode.start(folder.resolve("data"), SocketFixture.SETTINGS, ""));
    var balancer = before(List.of(node.uri()));
    var ann = ChatUser.register(balancer, "ann");
    var ben = ChatUser.register(balancer, "ben");

    try (var sender = SocketClient.live(library, ann);
        var reader = SocketClient.live(library, ben)) {
      sender.sendMessage("c-1", "ben", "through the balancer");

      assertThat(said(reader.await("message"))).isEqualTo("through the balancer");
    }
  }

  private static HttpResponse<String> get(URI balancer, String path) throws Exception {
    return send(HttpRequest.newBuilder(balancer.resolve(path)));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
