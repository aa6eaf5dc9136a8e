package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import parley.load.client.Frame;

class BodyTest {

  @Test
  void what_a_template_writes_is_read_back() {
    var template = new Body.Template(42, "u142", 200);
    template.frame(9_999_999_999L, Long.MAX_VALUE);
    var frame = template.frame(7, 123_456_789_012_345L);

    assertThat(Body.of(new Frame(ByteBuffer.wrap(frame))))
        .isEqualTo(new Body(42, 7, 123_456_789_012_345L));
  }

  @Test
  void a_text_has_as_many_bytes_as_was_asked_for() {
    var json = new String(new Body.Template(1, "u2", 200).frame(1, 1), StandardCharsets.US_ASCII);
    var text = json.substring(json.indexOf("\"text\":\"") + 8, json.lastIndexOf('"'));

    assertThat(text).hasSize(200);
    assertThat(json).contains("\"ref\":\"0000000001\"").contains("\"to\":\"u2\"");
  }
}
