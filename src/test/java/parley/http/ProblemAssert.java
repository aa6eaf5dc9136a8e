package parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import parley.message.Failure;

/** What every error must be like. */
final class ProblemAssert {

  private ProblemAssert() {}

  /** The answer is that failure as a problem, and its detail says this. */
  static void assertProblem(HttpResponse<String> answer, Failure failure, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(failure.status());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertBody(answer.body(), failure, failure.status(), detail);
  }

  static void assertBody(String body, Failure failure, int status, String detail) {
    var problem = RestServer.json(body);
    assertThat(problem.propertyStream().map(Map.Entry::getKey))
        .containsExactly("type", "title", "status", "detail", "code", "retryable");
    assertThat(problem.get("type").textValue()).isEqualTo("/problems/" + failure.code());
    assertThat(problem.get("title").textValue()).isEqualTo(failure.title());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("code").textValue()).isEqualTo(failure.code());
    assertThat(problem.get("retryable").booleanValue()).isEqualTo(failure.retryable());
    assertThat(problem.get("detail").textValue()).contains(detail);
    assertThat(body).doesNotContain("Exception").doesNotContain("at parley.");
  }
}
