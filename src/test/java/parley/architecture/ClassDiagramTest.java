package parley.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the class diagram in docs/architecture.md against the classes. */
class ClassDiagramTest {

  private static final Pattern RELATION =
      Pattern.compile("(?m)^ *(\\w+) (<\\|--|<\\|\\.\\.|\\*--|o--|-->|\\.\\.>) (\\w+) : (\\w+)$");

  private static JavaClasses product;

  /** As the diagram has it; the arrow's head is where Mermaid draws it. */
  record Relation(String left, String right, String kind) {}

  @BeforeAll
  static void read() {
    product =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("parley");
  }

  static List<Relation> relations() throws IOException {
    return RELATION
        .matcher(Files.readString(Path.of("docs/architecture.md")))
        .results()
        .map(ClassDiagramTest::relation)
        .toList();
  }

  private static Relation relation(MatchResult match) {
    return new Relation(match.group(1), match.group(3), match.group(4));
  }

  @ParameterizedTest
  @MethodSource("relations")
  void a_relation_of_the_diagram_is_in_the_code(Relation relation) {
    assertThat(isInCode(relation)).as(relation.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generalization",
        "realization",
        "aggregation",
        "composition",
        "association",
        "dependency"
      })
  void the_diagram_has_the_relation(String kind) throws IOException {
    assertThat(relations()).extracting(Relation::kind).contains(kind);
  }

  @Test
  void a_wrong_relation_is_found() {
    assertThat(isInCode(new Relation("Distributor", "EmbeddedArchive", "realization"))).isFalse();
    assertThat(isInCode(new Relation("Outbox", "Mailbox", "composition"))).isFalse();
    assertThat(isInCode(new Relation("Mailbox", "Settings", "dependency"))).isFalse();
  }

  private static boolean isInCode(Relation relation) {
    return switch (relation.kind()) {
      case "generalization", "realization" ->
          named(relation.right()).anyMatch(type -> isKindOf(type, relation.left()));
      case "aggregation", "composition", "association" ->
          named(relation.left())
              .flatMap(type -> type.getAllFields().stream())
              .anyMatch(field -> field.getRawType().getSimpleName().equals(relation.right()));
      case "dependency" ->
          named(relation.left())
              .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
              .anyMatch(it -> it.getTargetClass().getName().matches(inner(relation.right())));
      default -> throw new AssertionError("No relation of UML: " + relation.kind());
    };
  }

  private static boolean isKindOf(JavaClass type, String ancestor) {
    return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
        .anyMatch(it -> it.getSimpleName().equals(ancestor));
  }

  /** The class of that name, or one inside it. */
  private static String inner(String simpleName) {
    return ".*\\b" + simpleName + "(\\$.*)?";
  }

  private static Stream<JavaClass> named(String simpleName) {
    var types = product.stream().filter(type -> type.getSimpleName().equals(simpleName)).toList();
    assertThat(types).as(simpleName).isNotEmpty();
    return types.stream();
  }
}
