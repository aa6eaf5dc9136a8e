package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.BOB;
import static parley.user.UserFixture.NOW;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.message.UserId;

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
  void too_many_periods_of_all_become_fewer_and_everybody_keeps_one() {
    int others = Contacts.ALL_PERIODS_MOST / Contacts.PERIODS_MOST * 2;
    for (int i = 0; i < Contacts.PERIODS_MOST; i++) {
      for (int other = 0; other < others; other++) {
        var id = new UserId("u" + other);
        contacts.block(id, NOW.plusSeconds(2L * i));
        contacts.unblock(id, NOW.plusSeconds(2L * i + 1));
      }
    }

    var again = new Contacts(Map.of(), contacts.blocks());
    again.block(new UserId("u0"), NOW.plusSeconds(1_000));

    for (var each : List.of(contacts, again)) {
      assertThat(each.blocks())
          .hasSize(others)
          .allSatisfy((id, all) -> assertThat(all).isNotEmpty());
      assertThat(each.blocks().values().stream().mapToInt(List::size).sum())
          .isEqualTo(Contacts.ALL_PERIODS_MOST);
    }
  }

  @Test
  void pages_have_everybody_once_by_id() {
    for (int i = 0; i < Contacts.PAGE_MOST; i++) {
      contacts.put(new UserId("kept-%04d".formatted(i)), "K");
      contacts.block(new UserId("blocked-%04d".formatted(i)), NOW);
    }
    contacts.block(new UserId("kept-0000"), NOW);

    var first = contacts.page(Optional.empty());
    var second = contacts.page(first.last());

    assertThat(first.last()).contains(new UserId("blocked-0499"));
    assertThat(first.names()).isEmpty();
    assertThat(second.last()).isEmpty();
    assertThat(second.names()).hasSize(Contacts.PAGE_MOST);
    assertThat(second.blocked()).containsExactly(new UserId("kept-0000"));
    assertThat(first.and(second))
        .isEqualTo(
            new UserReply.ContactList(contacts.names(), contacts.blocked(), Optional.empty()));
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
