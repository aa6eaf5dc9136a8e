package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;

import akka.http.javadsl.model.HttpEntity;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.Failure;
import parley.user.Excerpt;
import parley.user.UserCommand;
import parley.user.UserReply;

/** Everything that can be wrong with a request before or beside what its route says. */
class ProblemsTest {

  private static final String REGISTER = "{\"userId\":\"ann\",\"password\":\"s\"}";
  private static final RestServer server = new RestServer(Duration.ofMillis(200));

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void nobody_answers() {
    server.reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/accounts/", "/sessions/other", "/messages/", "/messages/a/b"})
  void an_unknown_path_is_not_found(String path) {
    assertProblem(server.asAnn("GET", path, ""), Failure.NOT_FOUND, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET | /accounts | OPTIONS, POST",
        "PUT | /sessions | OPTIONS, POST",
        "GET | /sessions/refresh | OPTIONS, POST",
        "POST | /sessions/current | DELETE, OPTIONS",
        "DELETE | /messages | GET, HEAD, OPTIONS, POST",
        "POST | /messages/x | DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
        "POST | /health/live | GET, HEAD, OPTIONS",
        "DELETE | /metrics | GET, HEAD, OPTIONS",
      })
  void another_method_is_refused_and_told_the_right_ones(
      String method, String path, String allowed) {
    var answer = server.asAnn(method, path, "");

    assertProblem(answer, Failure.METHOD_NOT_ALLOWED, allowed);
    assertThat(answer.headers().firstValue("Allow")).contains(allowed);
  }

  @Test
  void options_tells_the_methods() {
    var answer = server.call("OPTIONS", "/messages", "");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS, POST");
    assertProblem(server.call("OPTIONS", "/nothing", ""), Failure.NOT_FOUND, "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "application/jsonx"
      })
  void another_media_type_is_refused(String type) {
    assertProblem(
        registerAs("Content-Type", type), Failure.UNSUPPORTED_MEDIA_TYPE, "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8"})
  void json_is_read_with_and_without_a_charset(String type) {
    assertProblem(registerAs("Content-Type", type), Failure.BUSY, "");
  }

  @Test
  void a_body_without_a_media_type_is_taken_for_json() {
    assertProblem(registerAs("X-Other", "x"), Failure.BUSY, "");
  }

  @Test
  void a_compressed_body_is_refused() {
    assertProblem(
        registerAs("Content-Encoding", "gzip"), Failure.UNSUPPORTED_MEDIA_TYPE, "encoding");
  }

  @Test
  void a_client_that_does_not_take_json_is_refused() {
    assertProblem(
        registerAs("Accept", "text/html, image/*;q=0.5"),
        Failure.NOT_ACCEPTABLE,
        "application/json");
    assertProblem(registerAs("Accept", "application/json;q=0"), Failure.NOT_ACCEPTABLE, "");
    assertThat(server.received(UserCommand.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/*", "text/html, application/json;q=0.1"})
  void a_client_that_takes_json_among_others_is_served(String accept) {
    assertProblem(registerAs("Accept", accept), Failure.BUSY, "");
  }

  private static HttpResponse<String> registerAs(String header, String value) {
    var uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/accounts");
    return server.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(REGISTER)).header(header, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "nonsense", "[1]", "\"text\"", "{\"userId\":", "\u0000"})
  void what_is_no_json_object_is_refused(String body) {
    var answer =
        server.send(
            server.request("POST", "/accounts", "x").method("POST", BodyPublishers.ofString(body)));

    assertProblem(answer, Failure.MALFORMED_JSON, "");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000, 8_000_000})
  void a_body_over_the_limit_is_too_large(int bytesOver) {
    var body = "x".repeat(RestServer.BODY_BYTES_MAX + bytesOver);

    assertProblem(server.call("POST", "/accounts", body), Failure.TOO_LARGE, "bytes");
  }

  @Test
  void a_chunked_body_over_the_limit_is_too_large() {
    var bytes = new byte[RestServer.BODY_BYTES_MAX + 1];

    var answer =
        server.send(
            server
                .request("POST", "/accounts", "x")
                .method(
                    "POST", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));

    assertProblem(answer, Failure.TOO_LARGE, "262145 bytes");
  }

  @Test
  void a_refused_client_may_finish_its_body_and_read_why() {
    var body = "x".repeat(700_000);

    assertProblem(server.call("POST", "/messages", body), Failure.UNAUTHENTICATED, "");
    assertProblem(server.call("POST", "/nothing", body), Failure.NOT_FOUND, "");
    assertProblem(server.call("PUT", "/accounts", body), Failure.METHOD_NOT_ALLOWED, "");
  }

  @Test
  void a_user_that_does_not_answer_in_time_is_busy() {
    assertProblem(server.call("POST", "/accounts", REGISTER), Failure.BUSY, "try again");
  }

  @Test
  void what_goes_wrong_inside_stays_inside() {
    server.when(
        UserCommand.GetUnread.class,
        get ->
            get.replyTo()
                .tell(
                    new UserReply.Unread(
                        new Excerpt(RestServer.ANN.user(), List.of(), List.of()), false)));
    server.whenReading(
        excerpt -> CompletableFuture.completedStage(Collections.singletonList(null)));

    var answer = server.asAnn("GET", "/messages", "");

    assertProblem(answer, Failure.INTERNAL, "the log tells more under ");
    assertThat(answer.body()).doesNotContain("null").doesNotContain("NullPointer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense | 501",
        "GET | 501",
        "BREW /accounts HTTP/1.1 | 501",
        "CONNECT example.com:80 HTTP/1.1 | 400",
        "GET /health/live HTTP/9.9 | 505",
        "GET /% HTTP/1.1 | 400",
        "GET /a^{} HTTP/1.1 | 400",
      })
  void what_is_no_request_is_refused(String line, int status) {
    assertRawProblem(raw(line + "\r\nHost: x\r\n\r\n"), Failure.MALFORMED_REQUEST, status);
  }

  @Test
  void a_request_without_a_host_is_refused() {
    assertRawProblem(raw("GET /health/live HTTP/1.1\r\n\r\n"), Failure.MALFORMED_REQUEST, 400);
  }

  @Test
  void a_malformed_query_is_refused() {
    assertRawProblem(
        raw(
            "GET /messages?limit=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Authorization: Bearer "
                + server.annsToken()
                + "\r\n\r\n"),
        Failure.MALFORMED_REQUEST,
        400);
  }

  @Test
  void a_line_or_a_header_that_is_too_long_is_refused() {
    assertRawProblem(
        raw("GET /" + "x".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
        Failure.MALFORMED_REQUEST,
        414);
    assertRawProblem(
        raw("GET /health/live HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"),
        Failure.MALFORMED_REQUEST,
        431);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: x",
        "Content-Length: -1",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "no colon here"
      })
  void contradictory_headers_are_refused(String headers) {
    assertRawProblem(
        raw("POST /accounts HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\nhello"),
        Failure.MALFORMED_REQUEST,
        400);
  }

  @Test
  void a_body_that_ends_early_is_refused() {
    assertRawProblem(
        raw("POST /accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"userId\":"),
        Failure.MALFORMED_REQUEST,
        400);
  }

  @Test
  void a_malformed_chunk_is_refused() {
    assertRawProblem(
        raw("POST /accounts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        Failure.MALFORMED_REQUEST,
        400);
  }

  private static RawCall raw(String text) {
    return RawCall.to(server.address(), text);
  }

  private static void assertRawProblem(RawCall call, Failure failure, int status) {
    assertThat(call.status()).as(call.answer()).isEqualTo(status);
    assertThat(call.head()).contains("Content-Type: application/problem+json");
    ProblemAssert.assertBody(call.body(), failure, status, "");
  }

  @Test
  void a_body_that_does_not_come_in_time_is_the_clients_doing() {
    var answer =
        Problems.answer(akka.http.javadsl.model.HttpRequest.create(), new JsonBody.TooSlow());

    assertThat(answer.status().intValue()).isEqualTo(408);
    assertThat(((HttpEntity.Strict) answer.entity()).getData().utf8String())
        .contains("\"retryable\":true");
  }
}
