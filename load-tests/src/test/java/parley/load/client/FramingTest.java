package parley.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {

  private static final int MASK = 0x1234abcd;

  private static ByteBuffer fromServer(String text) {
    var payload = text.getBytes(StandardCharsets.UTF_8);
    var frame = ByteBuffer.allocate(payload.length + Framing.HEADER_BYTES_MAX);
    frame.put((byte) 0x81);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length < 65536) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    return frame.put(payload).flip();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65535, 65536})
  void a_frame_of_any_length_is_taken_as_a_whole(int length) {
    var taken = Framing.take(fromServer("x".repeat(length))).orElseThrow();

    assertThat(taken.opcode()).isEqualTo(Framing.TEXT);
    assertThat(taken.payload().remaining()).isEqualTo(length);
  }

  @Test
  void a_frame_that_is_not_there_as_a_whole_is_left_alone() {
    var whole = fromServer("x".repeat(200));
    for (int length = 0; length < whole.limit(); length++) {
      var part = whole.duplicate().limit(length);

      assertThat(Framing.take(part)).isEmpty();
      assertThat(part.position()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 125, 126, 65535, 65536})
  void what_is_put_is_masked_with_the_mask_in_its_header(int length) {
    var payload = "y".repeat(length).getBytes(StandardCharsets.UTF_8);
    var out = ByteBuffer.allocate(length + Framing.HEADER_BYTES_MAX);
    Framing.put(out, Framing.TEXT, payload, MASK);
    out.flip();

    int header = out.limit() - length;
    assertThat(out.get(0)).isEqualTo((byte) 0x81);
    assertThat(out.get(1) & 0x80).isEqualTo(0x80);
    assertThat(out.getInt(header - Integer.BYTES)).isEqualTo(MASK);
    for (int i = 0; i < length; i++) {
      byte mask = out.get(header - Integer.BYTES + i % Integer.BYTES);
      assertThat(out.get(header + i) ^ mask).isEqualTo('y');
    }
  }

  @Test
  void a_frame_in_parts_is_refused() {
    var part = ByteBuffer.wrap(new byte[] {0x01, 0x00});

    assertThatThrownBy(() -> Framing.take(part)).isInstanceOf(IllegalStateException.class);
  }
}
