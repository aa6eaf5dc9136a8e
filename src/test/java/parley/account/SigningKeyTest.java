package parley.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.StartFailure;

class SigningKeyTest {

  @TempDir Path folder;

  @Test
  void a_folder_keeps_its_key() {
    var first = SigningKey.inFolder(folder);
    var again = SigningKey.inFolder(folder);

    assertThat(again.secret()).isEqualTo(first.secret()).hasSizeGreaterThanOrEqualTo(32);
  }

  @Test
  void folders_have_keys_of_their_own_and_are_made_when_needed() {
    var one = SigningKey.inFolder(folder.resolve("one/deep"));
    var other = SigningKey.inFolder(folder.resolve("other"));

    assertThat(one.secret()).isNotEqualTo(other.secret());
  }

  @Test
  void only_the_owner_may_read_it_and_nothing_else_is_left_behind() throws Exception {
    SigningKey.inFolder(folder);

    var mode = Files.getPosixFilePermissions(folder.resolve("signing-key"));
    assertThat(PosixFilePermissions.toString(mode)).isEqualTo("rw-------");
    assertThat(folder).isDirectoryContaining(file -> file.endsWith("signing-key"));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "not base64 but long enough to be a key, surely!!"})
  void a_malformed_file_stops_the_start(String text) throws Exception {
    var file = Files.writeString(folder.resolve("signing-key"), text);

    assertThatThrownBy(() -> SigningKey.inFolder(folder))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(file.toString());
    assertThat(file).hasContent(text);
  }

  @Test
  void a_place_that_is_no_folder_stops_the_start() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> SigningKey.inFolder(file))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void a_given_text_is_the_key() {
    assertThat(SigningKey.of("ü".repeat(16)).secret()).hasSize(32);
  }

  @Test
  void a_given_text_that_is_too_short_stops_the_start_and_is_not_shown() {
    assertThatThrownBy(() -> SigningKey.of("k".repeat(31)))
        .isInstanceOf(StartFailure.class)
        .hasMessage("parley.account.signing-key has 31 bytes, but needs at least 32");
  }
}
