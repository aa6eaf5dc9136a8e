package parley.http;

import static akka.http.javadsl.server.Directives.complete;
import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.get;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.PathMatchers.segment;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.Route;
import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import parley.message.Failure;
import parley.message.Refusal;
import parley.ops.Health;
import parley.ops.Metrics;
import parley.wire.Problem;

/** For those who operate a node, and for programmers who look a problem up. No token is needed. */
final class OpsRoutes {

  private static final ContentType PROMETHEUS_TEXT =
      ContentTypes.parse("text/plain; version=0.0.4; charset=UTF-8");

  private final Health health;
  private final Metrics metrics;

  OpsRoutes(Health health, Metrics metrics) {
    this.health = health;
    this.metrics = metrics;
  }

  /** Their paths. */
  Route all() {
    return concat(
        path("metrics", () -> get(this::metrics)),
        path(segment("health").slash("live"), () -> get(this::live)),
        path(segment("health").slash("ready"), () -> get(this::ready)),
        path(segment("problems").slash(segment()), code -> get(() -> problem(code))));
  }

  /** GET /health/live: answered at all, so the process works. */
  private Route live() {
    return complete(Answers.json(StatusCodes.OK, Map.of("status", "live")));
  }

  /** GET /health/ready: whether requests should be sent here. */
  private Route ready() {
    return complete(
        health.ready()
            ? Answers.json(StatusCodes.OK, readiness())
            : Problems.answer(Failure.BUSY, "Not ready: " + String.join("; ", downs())));
  }

  /** What does not work is told, where a node can do without it. */
  private Map<String, Object> readiness() {
    var impaired = new TreeMap<String, String>();
    health
        .parts()
        .forEach((part, state) -> {
          if (state instanceof Health.Impaired(String what)) {
            impaired.put(part, what);
          }
        });
    return impaired.isEmpty()
        ? Map.of("status", "ready")
        : Map.of("status", "ready", "impaired", impaired);
  }

  private List<String> downs() {
    var downs = new ArrayList<String>();
    health
        .parts()
        .forEach((part, state) -> {
          if (state instanceof Health.Down(String why)) {
            downs.add(part + " is down, " + why);
          }
        });
    return downs;
  }

  /** GET /metrics */
  private Route metrics() {
    var text = metrics.text().getBytes(StandardCharsets.UTF_8);
    return complete(
        HttpResponse.create()
            .withEntity(HttpEntities.create(PROMETHEUS_TEXT, ByteString.fromArrayUnsafe(text))));
  }

  /** GET /problems/{code}: what the type of a problem refers to. */
  private Route problem(String code) {
    return Stream.of(Failure.values())
        .filter(failure -> failure.code().equals(code))
        .findAny()
        .map(failure -> Problem.of(new Refusal(failure, "Every problem of this type")))
        .map(problem -> complete(Answers.json(StatusCodes.OK, problem)))
        .orElseGet(() -> complete(Problems.answer(Failure.NOT_FOUND, "There is no such problem")));
  }
}
