package parley.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.message.ClientId;
import parley.message.MessageId;
import parley.user.RecentSends.Recent;

class RecentSendsTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RecentSends sends = new RecentSends();

  private void add(int number, Instant at) {
    sends.add(name(number), new Recent(id(number, at), number, number));
  }

  private static ClientId name(int number) {
    return new ClientId("send-" + number);
  }

  private static MessageId id(int number, Instant at) {
    return new MessageId(at.toEpochMilli() << 16, number);
  }

  @Test
  void a_send_is_found_as_it_was_added() {
    add(1, START);

    assertThat(sends.find(name(1))).contains(new Recent(id(1, START), 1, 1));
    assertThat(sends.find(name(2))).isEmpty();
  }

  @Test
  void the_last_thousand_are_remembered_however_old() {
    for (int i = 0; i < RecentSends.ALWAYS; i++) {
      add(i, START.plus(Duration.ofDays(i)));
    }

    assertThat(sends.find(name(0))).isPresent();

    add(RecentSends.ALWAYS, START.plus(Duration.ofDays(RecentSends.ALWAYS)));

    assertThat(sends.find(name(0))).isEmpty();
    assertThat(sends.find(name(1))).isPresent();
  }

  @Test
  void those_of_a_day_are_remembered_up_to_ten_thousand() {
    for (int i = 0; i < RecentSends.MOST; i++) {
      add(i, START);
    }

    assertThat(sends.find(name(0))).isPresent();

    add(RecentSends.MOST, START);

    assertThat(sends.find(name(0))).isEmpty();
    assertThat(sends.find(name(1))).isPresent();
    assertThat(sends.find(name(RecentSends.MOST))).isPresent();
  }

  @Test
  void what_is_stored_comes_back_in_order() {
    for (int i = 0; i < RecentSends.MOST + 7; i++) {
      add(i, START);
    }

    var restored = new RecentSends(sends.toArray());
    restored.add(name(-1), new Recent(id(-1, START), 0, 0));

    assertThat(restored.find(name(7))).isEmpty();
    assertThat(restored.find(name(8))).isPresent();
    assertThat(restored.find(name(RecentSends.MOST + 6))).isPresent();
  }

  @Test
  void the_latest_of_two_of_the_same_name_is_found_until_both_are_forgotten() {
    sends.add(name(1), new Recent(id(1, START), 1, 1));
    sends.add(name(1), new Recent(id(2, START), 2, 2));
    for (int i = 2; i < RecentSends.MOST; i++) {
      add(i, START);
    }

    assertThat(sends.find(name(1))).contains(new Recent(id(2, START), 2, 2));

    add(RecentSends.MOST, START);
    assertThat(sends.find(name(1))).contains(new Recent(id(2, START), 2, 2));

    add(RecentSends.MOST + 1, START);
    assertThat(sends.find(name(1))).isEmpty();
  }

  @Test
  void after_many_more_exactly_the_last_ten_thousand_are_found() {
    int all = 3 * RecentSends.MOST;
    for (int i = 0; i < all; i++) {
      add(i, START);
    }

    for (int i = 0; i < all; i++) {
      assertThat(sends.find(name(i)).isPresent()).isEqualTo(i >= all - RecentSends.MOST);
    }
  }
}
