package parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MillisecondsTest {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void a_time_has_three_digits_of_milliseconds_and_no_more() {
    assertThat(Milliseconds.text(Instant.parse("2026-11-23T10:00:00Z")))
        .isEqualTo("2026-11-23T10:00:00.000Z");
    assertThat(Milliseconds.text(Instant.parse("2026-01-02T03:04:05.0069Z")))
        .isEqualTo("2026-01-02T03:04:05.006Z");
  }

  @Test
  void every_time_is_written_as_a_formatter_writes_it() {
    var random = new Random(7);
    long within = Instant.parse("+12000-01-01T00:00:00Z").getEpochSecond();
    for (int i = 0; i < 1_000; i++) {
      var time =
          Instant.ofEpochSecond(random.nextLong(-within, within), random.nextInt(1_000_000_000));
      assertThat(Milliseconds.text(time)).isEqualTo(FORM.format(time));
    }
  }
}
