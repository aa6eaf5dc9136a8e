package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DueTimesTest {

  private final DueTimes due = new DueTimes();

  @Test
  void the_times_of_all_that_are_not_answered_are_kept_however_many() {
    for (long sequence = 1; sequence <= 5_000; sequence++) {
      due.put(sequence, 7 * sequence, sequence);
    }

    assertThat(LongStream.rangeClosed(1, 5_000))
        .allSatisfy(sequence -> assertThat(due.of(sequence)).isEqualTo(7 * sequence));
  }

  @Test
  void those_that_are_answered_make_room() {
    for (long sequence = 1; sequence <= 5_000; sequence++) {
      due.put(sequence, 7 * sequence, 1);
    }

    assertThat(due.of(5_000)).isEqualTo(35_000);
    assertThat(due.of(4_990)).isEqualTo(34_930);
  }
}
