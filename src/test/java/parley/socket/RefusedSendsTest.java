package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import parley.message.ClientId;

class RefusedSendsTest {

  private static final int MOST = 3;

  private final RefusedSends refused = new RefusedSends(MOST);

  private void add(String... clientIds) {
    for (var clientId : clientIds) {
      refused.add(new ClientId(clientId));
    }
  }

  private boolean admits(String clientId) {
    return refused.admit(new ClientId(clientId));
  }

  @Test
  void all_are_admitted_when_none_was_refused() {
    assertThat(admits("a")).isTrue();
    assertThat(admits("b")).isTrue();
  }

  @Test
  void nothing_is_admitted_before_a_refused_one_is_repeated() {
    add("a");

    assertThat(admits("b")).isFalse();
    assertThat(admits("a")).isTrue();
    assertThat(admits("b")).isTrue();
  }

  @Test
  void what_was_refused_later_still_waits_for_its_repetition() {
    add("a", "b");

    assertThat(admits("a")).isTrue();
    assertThat(admits("c")).isFalse();
    assertThat(admits("b")).isTrue();
    assertThat(admits("c")).isTrue();
  }

  @Test
  void whoever_repeats_a_later_one_has_left_out_the_earlier() {
    add("a", "b", "c");

    assertThat(admits("b")).isTrue();
    assertThat(admits("a")).isFalse();
    assertThat(admits("c")).isTrue();
    assertThat(admits("a")).isTrue();
  }

  @Test
  void what_is_refused_again_is_waited_for_by_those_that_were_repeated_behind_it() {
    add("a", "b", "c");

    assertThat(admits("a")).isTrue();
    add("a");
    assertThat(admits("b")).isFalse();
    add("b");
    assertThat(admits("c")).isFalse();
    add("c");

    assertThat(admits("a")).isTrue();
    assertThat(admits("b")).isTrue();
    assertThat(admits("c")).isTrue();
  }

  @Test
  void whoever_has_heard_that_it_was_refused_again_may_leave_it_out() {
    add("a", "b");
    assertThat(admits("a")).isTrue();
    add("a");
    assertThat(admits("b")).isFalse();
    add("b");

    assertThat(admits("b")).isTrue();
    assertThat(admits("c")).isTrue();
  }

  @Test
  void those_in_flight_together_keep_their_order_whenever_they_are_refused() {
    assertThat(admits("a")).isTrue();
    assertThat(admits("b")).isTrue();
    add("a");
    assertThat(admits("c")).isFalse();
    add("c");
    add("b");

    assertThat(admits("a")).isTrue();
    assertThat(admits("c")).isFalse();
    add("c");
    assertThat(admits("b")).isTrue();
    assertThat(admits("c")).isTrue();
  }

  @Test
  void one_that_comes_again_while_it_is_on_its_way_holds_up_nothing() {
    add("a", "b");

    assertThat(admits("a")).isTrue();
    assertThat(admits("a")).isTrue();
    assertThat(admits("b")).isTrue();
  }

  @Test
  void one_that_was_answered_is_not_waited_for() {
    assertThat(admits("a")).isTrue();
    assertThat(admits("b")).isTrue();
    add("a", "b");

    refused.settle(new ClientId("a"));

    assertThat(admits("c")).isFalse();
    add("c");
    assertThat(admits("b")).isTrue();
    assertThat(admits("c")).isTrue();
  }

  @Test
  void one_that_was_answered_for_good_is_new_when_it_comes_again() {
    assertThat(admits("a")).isTrue();
    assertThat(admits("b")).isTrue();
    refused.settle(new ClientId("a"));
    add("b");

    assertThat(admits("a")).isFalse();
    add("a");
    assertThat(admits("b")).isTrue();
    assertThat(admits("a")).isTrue();
  }

  @Test
  void all_are_admitted_when_they_are_forgotten() {
    add("a", "b");

    refused.forget();

    assertThat(admits("c")).isTrue();
  }

  @Test
  void those_beyond_the_limit_wait_for_the_others() {
    add("a", "b", "c", "d");

    assertThat(admits("d")).isFalse();
    assertThat(admits("c")).isTrue();
    assertThat(admits("d")).isTrue();
  }
}
