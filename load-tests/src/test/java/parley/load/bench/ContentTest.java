package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContentTest {

  private static final int SIZE = 3_000_000;

  private static byte[] bytes(int user) throws IOException {
    return new Content(user, SIZE).stream().readAllBytes();
  }

  private static boolean matches(byte[] bytes) throws IOException {
    return new Content(7, SIZE).matches(new ByteArrayInputStream(bytes));
  }

  @Test
  void what_was_said_is_known_again() throws IOException {
    assertThat(bytes(7)).hasSize(SIZE);
    assertThat(matches(bytes(7))).isTrue();
  }

  @Test
  void another_users_bytes_are_others() throws IOException {
    assertThat(matches(bytes(8))).isFalse();
  }

  @Test
  void a_wrong_byte_is_found() throws IOException {
    var wrong = bytes(7);
    wrong[SIZE - 1]++;

    assertThat(matches(wrong)).isFalse();
  }

  @Test
  void more_and_fewer_bytes_are_found() throws IOException {
    assertThat(matches(Arrays.copyOf(bytes(7), SIZE - 1))).isFalse();
    assertThat(matches(Arrays.copyOf(bytes(7), SIZE + 1))).isFalse();
  }

  @Test
  void a_piece_that_came_twice_is_found() throws IOException {
    var twice = bytes(7);
    System.arraycopy(twice, 0, twice, 1 << 20, 1 << 20);

    assertThat(matches(twice)).isFalse();
  }
}
