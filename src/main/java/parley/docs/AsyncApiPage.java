package parley.docs;

import com.fasterxml.jackson.databind.JsonNode;

/** The page of the socket, made from its AsyncAPI document. */
final class AsyncApiPage {

  private final JsonNode document;
  private final Html html = new Html();

  AsyncApiPage(JsonNode document) {
    this.document = document;
  }

  String html() {
    var info = document.get("info");
    html.start("h1", info.get("title").textValue());
    html.start("p", info.get("description").textValue());
    html.open("p").link("/docs/asyncapi.json", "The AsyncAPI document").close("p");
    var socket = document.at("/channels/socket");
    html.raw("<p>").code("GET " + socket.get("address").textValue()).raw(": ");
    html.prose(socket.get("description").textValue()).close("p");
    for (var operation : document.get("operations")) {
      html.start("h2", operation.get("title").textValue());
      operation.get("messages").forEach(this::frame);
    }
    return html.page(info.get("title").textValue());
  }

  /** The operation names a message of the channel, which names one of the components. */
  private void frame(JsonNode reference) {
    var frame = resolve(resolve(reference));
    html.open("section");
    html.raw("<h3>").code(frame.get("name").textValue()).close("h3");
    html.start("p", frame.get("summary").textValue());
    if (frame.has("description")) {
      html.start("p", frame.get("description").textValue());
    }
    SchemaText.fields(frame.get("payload"), html);
    html.close("section");
  }

  private JsonNode resolve(JsonNode reference) {
    return document.at(reference.get("$ref").textValue().substring(1));
  }
}
