package parley.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PositionIndexTest {

  private final PositionIndex index = new PositionIndex();

  /** Every entry is in an event of its own, with one other event between any two. */
  private void fill(int entries) {
    for (int pos = 1; pos <= entries; pos++) {
      index.add(pos, 2L * pos, Instant.ofEpochMilli(10L * pos));
    }
  }

  @Test
  void a_stretch_begins_where_its_first_entry_is() {
    fill(1_000);

    assertThat(index.from(index.stretch(1))).isEqualTo(2);
    assertThat(index.from(index.stretch(256))).isEqualTo(2);
    assertThat(index.from(index.stretch(257))).isEqualTo(514);
  }

  @Test
  void what_came_at_a_time_or_later_is_behind_the_answer() {
    fill(1_000);

    for (int pos = 1; pos <= 1_000; pos++) {
      assertThat(index.since(Instant.ofEpochMilli(10L * pos))).isLessThanOrEqualTo(2L * pos);
    }
    assertThat(index.since(Instant.ofEpochMilli(10L * 600))).isEqualTo(2L * 513);
  }

  @Test
  void entries_of_one_moment_are_all_behind_the_answer() {
    for (int pos = 1; pos <= 1_000; pos++) {
      index.add(pos, pos, Instant.ofEpochMilli(5));
    }

    assertThat(index.since(Instant.ofEpochMilli(5))).isEqualTo(1);
    assertThat(index.since(Instant.ofEpochMilli(6))).isEqualTo(769);
  }

  @Test
  void what_is_stored_comes_back() {
    fill(600);

    var restored = new PositionIndex(index.sequences(), index.times());
    restored.add(769, 1_538, Instant.ofEpochMilli(7_690));

    assertThat(restored.from(2)).isEqualTo(1_026);
    assertThat(restored.from(3)).isEqualTo(1_538);
  }
}
