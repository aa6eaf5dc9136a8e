package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.message.Failure;

class OpsRoutesTest {

  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void a_server_that_answers_is_live() {
    var answer = server.call("GET", "/health/live", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"live\"}");
  }

  @Test
  void a_server_is_ready_when_its_parts_are() {
    server.health.up("store");

    var answer = server.call("GET", "/health/ready", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ready\"}");
  }

  @Test
  void a_server_that_is_not_ready_says_why() {
    server.health.down("store", "the disk is full");

    assertProblem(
        server.call("GET", "/health/ready", ""),
        Failure.BUSY,
        "Not ready: store is down, the disk is full");
  }

  @Test
  void metrics_are_prometheus_text() {
    server.metrics.sent(3);

    var answer = server.send(server.request("GET", "/metrics", "").header("Accept", "text/plain"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body()).contains("parley_sends_total 3.0");
  }

  @ParameterizedTest
  @EnumSource
  void every_type_of_problem_is_described(Failure failure) {
    var answer = server.call("GET", "/problems/" + failure.code(), "");

    assertThat(answer.statusCode()).isEqualTo(200);
    ProblemAssert.assertBody(answer.body(), failure, failure.status(), "");
  }

  @Test
  void an_unknown_problem_is_not_found() {
    assertProblem(server.call("GET", "/problems/none", ""), Failure.NOT_FOUND, "");
  }

  @Test
  void head_is_get_without_the_body() {
    var answer = server.call("HEAD", "/health/live", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).isEmpty();
  }
}
