package parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.StartFailure;

class VapidKeyTest {

  @TempDir private Path folder;

  /** The key pair of the application server in RFC 8291, appendix A. */
  @Test
  void the_public_half_follows_from_the_private_one() {
    var key = VapidKey.of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");

    assertThat(key.publicText())
        .isEqualTo(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    assertThat(key.toString()).doesNotContain("yfWPiYE");
  }

  @Test
  void a_folder_keeps_its_key_for_its_owner() throws Exception {
    var first = VapidKey.inFolder(folder);
    var again = VapidKey.inFolder(folder);

    assertThat(again.publicText()).isEqualTo(first.publicText());
    assertThat(Base64.getUrlDecoder().decode(first.publicText())).hasSize(65);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("push-key"))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AA",
        "no base64!",
        "_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE",
        "__________________________________________8"
      })
  void what_is_no_key_stops_the_start(String text) {
    assertThatThrownBy(() -> VapidKey.of(text))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("parley.push.key");
  }
}
