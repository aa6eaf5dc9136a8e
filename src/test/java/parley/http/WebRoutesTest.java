package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.http.ProblemAssert.assertProblem;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.server.ExceptionHandler;
import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.message.Failure;
import parley.web.WebApp;

class WebRoutesTest {

  private static final String SCRIPT = "/assets/app-1a2b3c.js";

  private static ActorTestKit kit;
  private static InetSocketAddress built;
  private static InetSocketAddress notBuilt;

  @BeforeAll
  static void start() {
    kit =
        ActorTestKit.create(
            "web",
            ConfigFactory.defaultApplication()
                .withoutPath("akka.actor")
                .withFallback(ConfigFactory.defaultReference())
                .resolve());
    built = serve("/web-fixture");
    notBuilt = serve("/nothing");
  }

  private static InetSocketAddress serve(String root) {
    var routes = new WebRoutes(WebApp.load(root)).files();
    return HttpServer.start(
            kit.system(),
            new InetSocketAddress("127.0.0.1", 0),
            routes.seal(Rejections.handler(), ExceptionHandler.newBuilder().build()),
            Duration.ofSeconds(1))
        .toCompletableFuture()
        .join()
        .address();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private static HttpResponse<String> call(
      InetSocketAddress server, String method, String path, String... headers) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    return call(built, "GET", path, headers);
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=UTF-8, <!doctype html><title>Fixture</title>",
    "/index.html, text/html; charset=UTF-8, <!doctype html><title>Fixture</title>",
    "/sw.js, text/javascript; charset=UTF-8, self.onfetch = null",
    "/manifest.webmanifest, application/manifest+json, '{\"name\":\"Fixture\"}'"
  })
  void what_keeps_its_name_is_asked_for_each_time(String path, String type, String body)
      throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
    assertThat(header(answer, "Content-Type")).isEqualTo(type);
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");

    var again = get(path, "If-None-Match", header(answer, "ETag"));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(again, "ETag")).isEqualTo(header(answer, "ETag"));
  }

  @Test
  void what_has_a_hash_in_its_name_is_kept_for_good() throws Exception {
    var answer = get(SCRIPT);

    assertThat(answer.body()).isEqualTo("console.log(\"plain\")");
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "gzip, deflate, br, zstd; br; BROTLI",
        "*; br; BROTLI",
        "gzip, deflate; gzip; GZIP",
        "gzip, br~q=0; gzip; GZIP",
        "identity; ''; console.log(\"plain\")",
        "deflate; ''; console.log(\"plain\")"
      })
  void the_best_coding_that_the_client_takes_is_sent(String takes, String coding, String body)
      throws Exception {
    var answer = get(SCRIPT, "Accept-Encoding", takes.replace('~', ';'));

    assertThat(answer.body()).isEqualTo(body);
    assertThat(header(answer, "Content-Encoding")).isEqualTo(coding);
    assertThat(header(answer, "Content-Type")).isEqualTo("text/javascript; charset=UTF-8");
    assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
  }

  @Test
  void each_coding_has_a_tag_of_its_own() throws Exception {
    var plain = header(get(SCRIPT), "ETag");

    assertThat(get(SCRIPT, "Accept-Encoding", "br", "If-None-Match", plain).statusCode())
        .isEqualTo(200);
  }

  @Test
  void what_has_no_compressed_form_is_sent_as_it_is() throws Exception {
    assertThat(header(get("/sw.js", "Accept-Encoding", "br, gzip"), "Content-Encoding")).isEmpty();
  }

  @Test
  void no_page_may_run_or_load_what_is_not_the_nodes_own() throws Exception {
    var answer = get("/");

    assertThat(header(answer, "Content-Security-Policy"))
        .contains("default-src 'self'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "http:", "https:", "*");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(answer, "Permissions-Policy")).contains("geolocation=()");
    assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
  }

  @Test
  void head_tells_the_same_without_the_body() throws Exception {
    var answer = call(built, "HEAD", SCRIPT);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(header(answer, "ETag")).isEqualTo(header(get(SCRIPT), "ETag"));
  }

  @Test
  void the_app_is_read_only() throws Exception {
    assertProblem(call(built, "PUT", "/index.html"), Failure.METHOD_NOT_ALLOWED, "GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/files.txt",
        "/secret.txt",
        "/assets",
        "/assets/",
        "/assets/app-1a2b3c.js.br",
        "//index.html",
        "/index.html/",
        "/%2e%2e/application.conf",
        "/..%2fapplication.conf",
        "/assets/..%2findex.html",
        "/%5c..%5capplication.conf",
        "/index.html%00.js"
      })
  void what_is_not_listed_is_not_found(String path) throws Exception {
    assertProblem(get(path, "Accept", "text/html"), Failure.NOT_FOUND, "");
  }

  @Test
  void dots_in_a_path_lead_nowhere() {
    var raw = RawCall.to(built, "GET /../application.conf HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(raw.status()).isEqualTo(404);
  }

  @Test
  void a_node_without_the_app_says_so() throws Exception {
    var answer = call(notBuilt, "GET", "/");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("without the web app").hasLineCount(1);
    assertProblem(call(notBuilt, "GET", "/index.html"), Failure.NOT_FOUND, "");
  }
}
