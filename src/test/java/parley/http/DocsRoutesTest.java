package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.message.Failure;

class DocsRoutesTest {

  private static final RestServer server = new RestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html; charset=UTF-8",
    "/docs/openapi.html, text/html; charset=UTF-8",
    "/docs/asyncapi.html, text/html; charset=UTF-8",
    "/docs/style.css, text/css; charset=UTF-8",
    "/docs/openapi.json, application/json",
    "/docs/asyncapi.json, application/json"
  })
  void documents_are_for_everybody_and_run_nothing(String path, String type) {
    var answer = server.call("GET", path, "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void another_document_is_not_found() {
    assertProblem(server.call("GET", "/docs/secret.json", ""), Failure.NOT_FOUND, "");
  }
}
