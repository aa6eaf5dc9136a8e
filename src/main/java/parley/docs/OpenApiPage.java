package parley.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;

/** The page of REST, made from its OpenAPI document. */
final class OpenApiPage {

  private final JsonNode document;
  private final Html html = new Html();

  OpenApiPage(JsonNode document) {
    this.document = document;
  }

  String html() {
    var info = document.get("info");
    html.start("h1", info.get("title").textValue());
    html.start("p", info.get("description").textValue());
    html.open("p").link("/docs/openapi.json", "The OpenAPI document").close("p");
    contents();
    for (var tag : document.get("tags")) {
      html.start("h2", tag.get("description").textValue());
      operations(tag.get("name").textValue());
    }
    html.start("h2", "Schemas");
    document.at("/components/schemas").properties().forEach(this::schema);
    return html.page(info.get("title").textValue());
  }

  private void contents() {
    html.open("nav").open("ul");
    eachOperation((call, operation) ->
        html.raw("<li>").link("#" + operation.get("operationId").textValue(), call).raw("</li>\n"));
    html.close("ul").close("nav");
  }

  private void operations(String tag) {
    eachOperation((call, operation) -> {
      if (operation.get("tags").get(0).textValue().equals(tag)) {
        operation(call, operation);
      }
    });
  }

  /** What is done with each operation, and its method and path. */
  private interface OperationReader {
    void read(String call, JsonNode operation);
  }

  private void eachOperation(OperationReader reader) {
    document
        .get("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    reader.read(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        method.getValue())));
  }

  private void operation(String call, JsonNode operation) {
    html.open("section", operation.get("operationId").textValue());
    html.raw("<h3>").code(call).close("h3");
    html.start("p", operation.get("summary").textValue() + ".");
    if (operation.has("description")) {
      html.start("p", operation.get("description").textValue());
    }
    if (operation.has("security")) {
      html.start("p", "No token is needed.");
    }
    parameters(operation);
    if (operation.has("requestBody")) {
      html.raw("<p>Body: ");
      SchemaText.type(operation.at("/requestBody/content/application~1json/schema"), html);
      html.close("p");
    }
    html.open("table").raw("<tr><th>status</th><th>body</th><th></th></tr>\n");
    operation.get("responses").properties().forEach(this::response);
    html.close("table").close("section");
  }

  private void parameters(JsonNode operation) {
    if (!operation.has("parameters")) {
      return;
    }
    html.open("table").raw("<tr><th>parameter</th><th>in</th><th>type</th><th></th></tr>\n");
    for (var parameter : operation.get("parameters")) {
      html.raw("<tr><td>").code(parameter.get("name").textValue()).raw("</td><td>");
      html.text(parameter.get("in").textValue()).raw("</td><td>");
      SchemaText.type(parameter.get("schema"), html);
      html.raw("</td><td>").prose(parameter.path("description").asText()).raw("</td></tr>\n");
    }
    html.close("table");
  }

  private void response(Map.Entry<String, JsonNode> entry) {
    var response = entry.getValue();
    if (response.has("$ref")) {
      response = document.at(response.get("$ref").textValue().substring(1));
    }
    html.raw("<tr><td>").text(entry.getKey()).raw("</td><td>");
    for (var content : response.path("content").properties()) {
      SchemaText.type(content.getValue().get("schema"), html);
    }
    html.raw("</td><td>").prose(response.get("description").textValue()).raw("</td></tr>\n");
  }

  private void schema(Map.Entry<String, JsonNode> entry) {
    html.open("section", entry.getKey());
    html.start("h3", entry.getKey());
    html.start("p", entry.getValue().path("description").asText());
    SchemaText.fields(entry.getValue(), html);
    html.close("section");
  }
}
