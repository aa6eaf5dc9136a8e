package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

  private final Ledger ledger = new Ledger(2);

  private void send(int sender, int count) {
    for (int i = 0; i < count; i++) {
      ledger.next(sender);
      ledger.acknowledged(sender);
    }
  }

  @Test
  void all_once_and_in_order_is_no_fault() {
    send(0, 2);
    send(1, 1);
    ledger.received(0, 0, 1);
    ledger.received(1, 0, 1);
    ledger.received(0, 0, 2);

    assertThat(ledger.isSettled()).isTrue();
    assertThat(ledger.faults()).isEmpty();
  }

  @Test
  void what_was_acknowledged_and_has_not_come_is_lost() {
    send(0, 3);
    ledger.received(0, 0, 1);

    assertThat(ledger.isSettled()).isFalse();
    assertThat(ledger.faults()).containsExactly("2 messages acknowledged and not received");
  }

  @Test
  void what_comes_again_is_told() {
    send(0, 1);
    ledger.received(0, 0, 1);
    ledger.received(0, 0, 1);

    assertThat(ledger.faults()).containsExactly("1 messages received again, or behind a later one");
  }

  @Test
  void what_a_later_one_overtook_is_told_even_when_it_comes() {
    send(0, 2);
    ledger.received(0, 0, 2);
    ledger.received(0, 0, 1);

    assertThat(ledger.faults())
        .contains(
            "1 messages missing before a later one",
            "1 messages received again, or behind a later one");
  }

  @Test
  void what_was_never_answered_is_told() {
    ledger.next(1);

    assertThat(ledger.outstanding(1)).isEqualTo(1);
    assertThat(ledger.faults()).containsExactly("1 messages not acknowledged");
  }

  @Test
  void a_message_to_a_group_is_wanted_at_all_members_but_its_sender() {
    var group = Ledger.ofGroup(1, 3);
    group.next(0);
    group.acknowledged(0);
    group.received(0, 1, 1);
    assertThat(group.isSettled()).isFalse();
    assertThat(group.faults()).containsExactly("1 messages acknowledged and not received");

    group.received(0, 2, 1);
    assertThat(group.isSettled()).isTrue();
    assertThat(group.faults()).isEmpty();
  }
}
