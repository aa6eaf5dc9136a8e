package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.NOW;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactsTest {

  private final Contacts contacts = new Contacts(Map.of(), Map.of());

  @Test
  void too_many_periods_of_one_user_become_fewer_that_hide_no_less() {
    for (int i = 0; i <= Contacts.PERIODS_MOST; i++) {
      contacts.block(BOB, NOW.plusSeconds(2L * i));
      contacts.unblock(BOB, NOW.plusSeconds(2L * i + 1));
    }

    var periods = contacts.hidden(BOB);
    assertThat(periods).hasSize(Contacts.PERIODS_MOST);
    assertThat(periods.getFirst())
        .isEqualTo(new UserReply.Period(NOW, Optional.of(NOW.plusSeconds(3))));
    assertThat(contacts.isBlocked(BOB)).isFalse();
  }

  @Test
  void what_was_taken_for_a_snapshot_no_longer_changes() {
    contacts.block(BOB, NOW);
    var taken = contacts.blocks();

    contacts.unblock(BOB, NOW.plusSeconds(1));

    assertThat(taken.get(BOB)).containsExactly(new UserReply.Period(NOW, Optional.empty()));
    assertThat(new Contacts(Map.of(), taken).isBlocked(BOB)).isTrue();
  }
}
