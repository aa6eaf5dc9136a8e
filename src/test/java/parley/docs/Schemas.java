package parley.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schemas of a document, to hold JSON against. They are taken strictly: clients must pass over
 * keys that they do not know, but the server writes none that the document does not have.
 */
final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final JsonNode named;

  /** Once for each place in a document: compiling one takes longer than many a test's frames. */
  private final Map<JsonNode, Schema> compiled = new IdentityHashMap<>();

  /** Those that have a name are in the OpenAPI document. */
  Schemas() {
    var schemas = document("openapi.json").at("/components/schemas");
    named = strict(schemas);
  }

  /** As JSON schema has it where no document is around: names stand under {@code $defs}. */
  private static JsonNode strict(JsonNode schema) {
    var text = schema.toString().replaceAll("\"[^\"]*#/components/schemas/", "\"#/\\$defs/");
    try {
      var copy = JSON.readTree(text);
      close(copy);
      return copy;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A document as it is served. */
  static JsonNode document(String name) {
    try {
      return JSON.readTree(Documents.find(name).orElseThrow().bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(Schemas::close);
  }

  /** What is wrong with the JSON in the eyes of the schema, which may refer to those by name. */
  List<String> errors(JsonNode schema, String json) {
    try {
      return errors(schema, JSON.readTree(json));
    } catch (JsonProcessingException e) {
      return List.of("Not JSON: " + json);
    }
  }

  /** The same. */
  List<String> errors(JsonNode schema, JsonNode json) {
    return compiled(schema).validate(json).stream().map(Error::toString).toList();
  }

  private synchronized Schema compiled(JsonNode schema) {
    return compiled.computeIfAbsent(
        schema,
        it -> {
          var whole = (ObjectNode) strict(it);
          whole.set("$defs", named);
          return registry.getSchema(whole);
        });
  }
}
