package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import parley.Settings;

class CoordinatorsTest {

  @Test
  void a_node_waits_for_every_kind_of_entity_that_it_shards() {
    var kinds =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("parley.cluster")
                .stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(EntityTypeKey.class))
                .map(CoordinatorsTest::name)
                .collect(Collectors.toSet());
    var config = Settings.load(Optional.empty(), Map.of()).config();

    assertThat(kinds).contains("user");
    assertThat(config.getStringList("akka.cluster.sharding.healthcheck.names"))
        .containsExactlyInAnyOrderElementsOf(kinds);
  }

  private static String name(JavaField key) {
    try {
      var field = key.reflect();
      field.setAccessible(true);
      return ((EntityTypeKey<?>) field.get(null)).name();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
