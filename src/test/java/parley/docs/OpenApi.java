package parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The OpenAPI document, to hold a running server against. */
final class OpenApi {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");

  private final JsonNode document = Schemas.document("openapi.json");
  private final Schemas schemas = new Schemas();
  private final Set<String> exercised = new TreeSet<>();

  /** All path templates. */
  List<String> paths() {
    var paths = new ArrayList<String>();
    document.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  /** The methods of a path, in capitals. */
  Set<String> methods(String template) {
    var methods = new TreeSet<String>();
    operations(template).fieldNames().forEachRemaining(it -> methods.add(capital(it)));
    return methods;
  }

  private JsonNode operations(String template) {
    return document.get("paths").get(template);
  }

  private static String capital(String method) {
    return method.toUpperCase(Locale.ROOT);
  }

  /** Whether the operation is one for who is signed in. */
  boolean needsToken(String template, String method) {
    return !operations(template).get(method.toLowerCase(Locale.ROOT)).has("security");
  }

  /** The template that a path is an instance of; the one with fewest parameters. */
  String template(String path) {
    return paths().stream()
        .filter(template -> path.matches(PARAMETER.matcher(template).replaceAll("[^/]+")))
        .min(Comparator.comparing(it -> PARAMETER.matcher(it).results().count()))
        .orElseThrow(() -> new AssertionError("Not in the document: " + path));
  }

  /** The answer is one that the document promises; remembers that it was seen. */
  void check(String method, String path, HttpResponse<String> answer) {
    var template = template(path.replaceFirst("\\?.*", ""));
    var call = method + " " + template + " " + answer.statusCode();
    var responses = operations(template).get(method.toLowerCase(Locale.ROOT)).get("responses");
    var status = Integer.toString(answer.statusCode());
    var response = responses.has(status) ? responses.get(status) : responses.get("default");
    if (response.has("$ref")) {
      assertThat(answer.statusCode()).as(call).isGreaterThanOrEqualTo(400);
      response = document.at(response.get("$ref").textValue().substring(1));
    }
    checkBody(call, response.path("content"), answer);
    exercised.add(call);
  }

  private void checkBody(String call, JsonNode contents, HttpResponse<String> answer) {
    if (contents.isMissingNode()) {
      assertThat(answer.body()).as(call).isEmpty();
      return;
    }
    var promised = contents.fieldNames().next();
    var type = answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
    if (!promised.equals("*/*")) {
      assertThat(type).as(call).isEqualTo(promised);
    }
    if (type.endsWith("json") && !promised.equals("*/*")) {
      var schema = contents.get(promised).get("schema");
      assertThat(schemas.errors(schema, answer.body())).as(call + "\n" + answer.body()).isEmpty();
    }
  }

  /** Every operation and status that the document names. */
  Set<String> promised() {
    var promised = new TreeSet<String>();
    for (var template : paths()) {
      operations(template)
          .properties()
          .forEach(operation ->
              operation
                  .getValue()
                  .get("responses")
                  .fieldNames()
                  .forEachRemaining(status ->
                      promised.add(capital(operation.getKey()) + " " + template + " " + status)));
    }
    promised.removeIf(it -> it.endsWith(" default"));
    return promised;
  }

  /** Every operation and status that was seen. */
  Set<String> exercised() {
    return exercised;
  }
}
