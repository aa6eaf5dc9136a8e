package parley.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The schemas of a document, to hold JSON against. They are taken strictly: clients must pass over
 * keys that they do not know, but the server writes none that the document does not have.
 */
final class Schemas {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final ObjectNode components;

  /** The schemas that stand under {@code components} of the OpenAPI document. */
  Schemas() {
    components = (ObjectNode) document("openapi.json").get("components").deepCopy();
    close(components);
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

  /** What is wrong with the JSON in the eyes of the schema, which may refer to the components. */
  List<String> errors(JsonNode schema, String json) {
    try {
      var whole = (ObjectNode) JSON.readTree(schema.toString().replace("./openapi.json#", "#"));
      close(whole);
      whole.set("components", components);
      return registry.getSchema(whole).validate(JSON.readTree(json)).stream()
          .map(Error::toString)
          .toList();
    } catch (JsonProcessingException e) {
      return List.of("Not JSON: " + json);
    }
  }
}
