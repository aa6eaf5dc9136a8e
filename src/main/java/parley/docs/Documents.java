package parley.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is served under {@code /docs}: an OpenAPI document of REST, an AsyncAPI document of the
 * socket, and a page for each, which is made from it when it is first asked for.
 */
public final class Documents {

  /** The page that leads to the others. */
  public static final String INDEX = "index.html";

  private static final String OPEN_API = "openapi.json";
  private static final String ASYNC_API = "asyncapi.json";
  private static final String STYLE = "style.css";

  private Documents() {}

  /** What a document is written in. */
  public enum Kind {
    JSON,
    HTML,
    CSS
  }

  /** One document; its bytes are not to be changed. */
  public record Document(Kind kind, byte[] bytes) {}

  /** Made once, when the first document is asked for. */
  private static final class Holder {

    private static final Map<String, Document> ALL = all();
  }

  /** The document of that name. */
  public static Optional<Document> find(String name) {
    return Optional.ofNullable(Holder.ALL.get(name));
  }

  private static Map<String, Document> all() {
    var openApi = resource(OPEN_API);
    var asyncApi = resource(ASYNC_API);
    var all = new HashMap<String, Document>();
    all.put(OPEN_API, new Document(Kind.JSON, openApi));
    all.put(ASYNC_API, new Document(Kind.JSON, asyncApi));
    all.put(STYLE, new Document(Kind.CSS, resource(STYLE)));
    all.put("openapi.html", page(new OpenApiPage(tree(openApi)).html()));
    all.put("asyncapi.html", page(new AsyncApiPage(tree(asyncApi)).html()));
    all.put(INDEX, page(index()));
    return Map.copyOf(all);
  }

  private static String index() {
    return new Html()
        .start("h1", "Parley")
        .start("p", "What a client of this server may rely on.")
        .open("ul")
        .raw("<li><a href=\"/docs/openapi.html\">REST</a> ")
        .raw("(<a href=\"/docs/openapi.json\">OpenAPI 3.1</a>)</li>\n")
        .raw("<li><a href=\"/docs/asyncapi.html\">The socket</a> ")
        .raw("(<a href=\"/docs/asyncapi.json\">AsyncAPI 3.0</a>)</li>\n")
        .close("ul")
        .page("Parley");
  }

  private static Document page(String html) {
    return new Document(Kind.HTML, html.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (var in = Documents.class.getResourceAsStream("/docs/" + name)) {
      if (in == null) {
        throw new IllegalStateException("Not on the class path: /docs/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
