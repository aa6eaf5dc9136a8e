package parley.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameTest {

  /** Not at the beginning of its array, as frames in a buffer are. */
  private static Frame frame(String json) {
    var bytes = ("...." + json + "...").getBytes(StandardCharsets.UTF_8);
    return new Frame(ByteBuffer.wrap(bytes).slice(4, bytes.length - 7));
  }

  @Test
  void its_type_is_known_by_the_whole_word() {
    var sent = frame("{\"t\":\"sent\",\"pos\":7}");

    assertThat(sent.is(Frame.type("sent"))).isTrue();
    assertThat(sent.is(Frame.type("sen"))).isFalse();
    assertThat(sent.is(Frame.type("message"))).isFalse();
  }

  @Test
  void numbers_are_found_by_their_key() {
    var frame = frame("{\"t\":\"x\",\"poss\":1,\"pos\":1234567890123,\"last\":5}");

    assertThat(frame.number(Frame.numberKey("pos"))).isEqualTo(1234567890123L);
    assertThat(frame.number(Frame.numberKey("last"))).isEqualTo(5);
  }

  @Test
  void digits_are_read_from_within_a_text() {
    var frame = frame("{\"t\":\"message\",\"text\":\"0012 34\"}");
    int at = frame.find(Frame.textKey("text"));

    assertThat(frame.digits(at)).isEqualTo(12);
    assertThat(frame.digits(at + 5)).isEqualTo(34);
  }

  @Test
  void a_key_that_is_not_there_is_named() {
    assertThatThrownBy(() -> frame("{\"t\":\"x\"}").number(Frame.numberKey("pos")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pos");
  }
}
