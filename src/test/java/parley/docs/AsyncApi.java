package parley.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;

/** The AsyncAPI document of the socket, to hold frames against. */
public final class AsyncApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document = Schemas.document("asyncapi.json");
  private final Schemas schemas = new Schemas();
  private final Set<String> fromServer = read("fromServer");
  private final Set<String> fromClient = read("fromClient");

  /**
   * Throws an {@link AssertionError} that says why when the frame is not in the document.
   *
   * @param fromServer false: sent by a client
   */
  public void validate(String frame, boolean fromServer) {
    try {
      validate(JSON.readTree(frame), fromServer);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + frame, e);
    }
  }

  /** The same. */
  public void validate(JsonNode frame, boolean fromServer) {
    var type = frame.path("t").asText();
    if (!types(fromServer).contains(type)) {
      throw new AssertionError("No frame of that type: " + frame);
    }
    var errors = schemas.errors(message(fromServer, type).get("payload"), frame);
    if (!errors.isEmpty()) {
      throw new AssertionError(frame + "\n" + String.join("\n", errors));
    }
  }

  private JsonNode message(boolean fromServer, String type) {
    return document.at("/components/messages/" + (fromServer ? "server-" : "client-") + type);
  }

  /** The types of all frames that go in that direction. */
  public Set<String> types(boolean fromServer) {
    return fromServer ? this.fromServer : fromClient;
  }

  private Set<String> read(String operation) {
    var types = new TreeSet<String>();
    for (var reference : document.at("/operations/" + operation).get("messages")) {
      var message = document.at(reference.get("$ref").textValue().substring(1));
      types.add(document.at(message.get("$ref").textValue().substring(1)).get("name").asText());
    }
    return types;
  }
}
