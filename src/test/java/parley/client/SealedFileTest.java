package parley.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Files are sealed as the web app seals them. */
class SealedFileTest {

  @Test
  void a_file_is_sealed_as_by_all_clients() {
    var key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    var file = "a".repeat(1024 * 1024 + 5).getBytes(UTF_8);

    var sealed = SealedFile.of(file, key);

    // As the web app has it: sealed-files.test.ts.
    assertThat(Base64.getEncoder().encodeToString(sealed.hash()))
        .isEqualTo("5opsqhJ0R5QRYldxR2bA4nG2oZ4CWxC5BXZ7aIuaZJk=");
    assertThat(sealed.open()).isEqualTo(file);
  }
}
