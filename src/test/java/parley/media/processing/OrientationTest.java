package parley.media.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

  /** 1 2 3 over 4 5 6, stored as EXIF's drawing of the eight has them. */
  @ParameterizedTest
  @CsvSource({
    "1, 123456",
    "2, 321654",
    "3, 654321",
    "4, 456123",
    "5, 142536",
    "6, 415263",
    "7, 635241",
    "8, 362514"
  })
  void a_picture_is_turned_upright(int value, String upright) {
    var stored = new Picture(3, 2, new int[] {1, 2, 3, 4, 5, 6}, false);

    var picture = Orientation.values()[value - 1].upright(stored);

    assertThat(picture.width()).isEqualTo(value > 4 ? 2 : 3);
    assertThat(picture.argb()).containsExactly(upright.chars().map(it -> it - '0').toArray());
  }

  @Test
  void both_byte_orders_are_read() {
    assertThat(Orientation.of(Corpus.exif(6))).isEqualTo(Orientation.TO_TURN_RIGHT);
    assertThat(Orientation.of(bytes(0x4D4D002A, 8, 0x00010112, 0x00030000, 0x00010003, 0)))
        .isEqualTo(Orientation.UPSIDE_DOWN);
  }

  @Test
  void nonsense_is_upright() {
    assertThat(Orientation.of(new byte[0])).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.of(bytes(0x4D4D002A, Integer.MAX_VALUE))).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.of(bytes(0x4D4D002A, -1))).isEqualTo(Orientation.UPRIGHT);
    assertThat(Orientation.of(Corpus.exif(9))).isEqualTo(Orientation.UPRIGHT);
  }

  private static byte[] bytes(int... words) {
    var buffer = ByteBuffer.allocate(words.length * Integer.BYTES);
    for (int word : words) {
      buffer.putInt(word);
    }
    return buffer.array();
  }
}
