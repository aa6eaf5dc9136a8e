package parley.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

  private static String text(String name) {
    return new String(Documents.find(name).orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void the_page_of_rest_has_every_operation_and_schema() {
    var page = text("openapi.html");

    var document = Schemas.document("openapi.json");
    document.get("paths").fieldNames().forEachRemaining(path -> assertThat(page).contains(path));
    document
        .at("/components/schemas")
        .fieldNames()
        .forEachRemaining(name -> assertThat(page).contains("id=\"" + name + "\""));
  }

  @Test
  void the_page_of_the_socket_has_every_frame() {
    var page = text("asyncapi.html");

    for (var fromServer : new boolean[] {true, false}) {
      assertThat(new AsyncApi().types(fromServer))
          .allSatisfy(type -> assertThat(page).contains("<h3><code>" + type + "</code>"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.html", "openapi.html", "asyncapi.html"})
  void a_page_needs_nothing_from_elsewhere_and_runs_nothing(String name) {
    assertThat(text(name)).doesNotContain("<script").doesNotContain("http:").doesNotContain("//");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi.html", "asyncapi.html"})
  void links_within_the_pages_lead_somewhere(String name) {
    var targets = Pattern.compile("href=\"(?:/docs/openapi.html)?#([^\"]+)\"").matcher(text(name));

    assertThat(targets.results().map(it -> it.group(1)).distinct())
        .isNotEmpty()
        .allSatisfy(id -> assertThat(text("openapi.html")).contains("id=\"" + id + "\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openapi.json", "asyncapi.json"})
  void references_within_the_documents_lead_somewhere(String name) {
    var document = Schemas.document(name);
    var references =
        Pattern.compile("\"\\$ref\":\"([^\"#]*)#([^\"]+)\"")
            .matcher(text(name).replace("\": ", "\":"));

    assertThat(references.results().toList())
        .isNotEmpty()
        .allSatisfy(reference -> {
          var target = reference.group(1).isEmpty() ? document : Schemas.document("openapi.json");
          assertThat(target.at(reference.group(2)).isMissingNode()).as(reference.group()).isFalse();
        });
  }

  @Test
  void there_is_nothing_else() {
    assertThat(Documents.find("../application.conf")).isEmpty();
    assertThat(Documents.find("")).isEmpty();
  }
}
