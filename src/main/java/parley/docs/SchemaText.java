package parley.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** JSON schemas in words: a type in a few of them, an object as a table of its fields. */
final class SchemaText {

  /** The schemas with a name of their own are all on the page of REST. */
  private static final String PAGE = "/docs/openapi.html";

  private static final List<String> LIMITS =
      List.of("minimum", "maximum", "minLength", "maxLength", "minItems", "default");

  private SchemaText() {}

  /** The type, with links to those that have a name. */
  static void type(JsonNode schema, Html html) {
    if (schema.has("$ref")) {
      var ref = schema.get("$ref").textValue();
      var name = ref.substring(ref.lastIndexOf('/') + 1);
      html.link(PAGE + "#" + name, name);
    } else if (schema.has("oneOf")) {
      alternatives(schema.get("oneOf"), html);
    } else if (schema.has("anyOf")) {
      alternatives(schema.get("anyOf"), html);
    } else if (schema.has("const")) {
      html.code(schema.get("const").toString());
    } else if (schema.has("enum")) {
      html.prose(words(schema.get("enum"), " or "));
    } else if (schema.path("type").asText().equals("array")) {
      html.text("array of ");
      type(schema.get("items"), html);
    } else {
      html.text(schema.path("type").asText("anything")).prose(limits(schema));
    }
  }

  private static void alternatives(JsonNode schemas, Html html) {
    for (int i = 0; i < schemas.size(); i++) {
      html.text(i == 0 ? "" : " or ");
      type(schemas.get(i), html);
    }
  }

  private static String words(JsonNode values, String between) {
    var words = new ArrayList<String>();
    values.forEach(value -> words.add("`" + value + "`"));
    return String.join(between, words);
  }

  private static String limits(JsonNode schema) {
    var limits = new StringBuilder();
    if (schema.has("pattern")) {
      limits.append(" `").append(schema.get("pattern").textValue().replace("`", "")).append('`');
    }
    for (var limit : LIMITS) {
      if (schema.has(limit)) {
        limits.append(", ").append(limit).append(' ').append(schema.get(limit).asText());
      }
    }
    return limits.toString();
  }

  /** The fields of an object; for another schema its type. */
  static void fields(JsonNode schema, Html html) {
    if (!schema.has("properties")) {
      html.open("p");
      type(schema, html);
      html.close("p");
      return;
    }
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.textValue()));
    html.open("table").raw("<tr><th>field</th><th>type</th><th></th></tr>\n");
    schema
        .get("properties")
        .properties()
        .forEach(field -> {
          html.raw("<tr><td>")
              .code(field.getKey() + (required.contains(field.getKey()) ? "" : "?"));
          html.raw("</td><td>");
          type(field.getValue(), html);
          html.raw("</td><td>").prose(field.getValue().path("description").asText());
          html.raw("</td></tr>\n");
        });
    html.close("table");
  }
}
