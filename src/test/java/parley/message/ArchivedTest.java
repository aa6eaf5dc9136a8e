package parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchivedTest {

  private static final UserId ANN = new UserId("ann");
  private static final UserId BEN = new UserId("ben");
  private static final ConversationId TALK = ConversationId.between(ANN, BEN);
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final MessageId ID = MessageId.next(MessageId.first(TALK), AT, TALK, ANN);
  private static final Archived SAID =
      Archived.of(
          new Message(ID, TALK, ANN, new ClientId("c1"), new Content.Text("hi"), Optional.empty()));

  private static Edit edit(String text, int second) {
    return new Edit(TALK, ID, ANN, new Content.Text(text), AT.plusSeconds(second));
  }

  private static Reaction reaction(UserId by, String emoji, boolean on) {
    return new Reaction(TALK, ID, by, emoji, on, AT);
  }

  @Test
  void the_later_edit_wins_whatever_the_order() {
    var now = SAID.with(edit("two", 2)).with(edit("one", 1));

    assertThat(now.message().content()).isEqualTo(new Content.Text("two"));
    assertThat(now.editedAt()).contains(AT.plusSeconds(2));
  }

  @Test
  void the_first_deletion_stays() {
    var now =
        SAID.with(new Deletion(TALK, ID, ANN, AT))
            .with(new Deletion(TALK, ID, ANN, AT.plusSeconds(9)))
            .with(edit("later", 10));

    assertThat(now.deletedAt()).contains(AT);
  }

  @Test
  void reactions_are_counted_once_for_each_user() {
    var now =
        SAID.with(reaction(ANN, "+1", true))
            .with(reaction(BEN, "+1", true))
            .with(reaction(BEN, "+1", true))
            .with(reaction(ANN, "!", true))
            .with(reaction(ANN, "!", false))
            .with(reaction(BEN, "?", false));

    assertThat(now.reactions()).containsOnlyKeys("+1");
    assertThat(now.reactions().get("+1")).containsExactly(ANN, BEN);
    assertThat(SAID.reactions()).isEmpty();
  }

  @Test
  void an_id_says_which_of_the_two_said_it() {
    var answer = MessageId.next(ID, AT, TALK, BEN);

    assertThat(ID.isSaidBy(ANN, TALK)).isTrue();
    assertThat(ID.isSaidBy(BEN, TALK)).isFalse();
    assertThat(answer.isSaidBy(BEN, TALK)).isTrue();
  }

  @Test
  void a_reaction_is_short_and_has_no_space() {
    assertThat(reaction(ANN, "+".repeat(Reaction.EMOJI_LENGTH_MAX), true).sizeBytes()).isPositive();
    for (var wrong : List.of("", " ", "a b", "a\0", "+".repeat(Reaction.EMOJI_LENGTH_MAX + 1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> reaction(ANN, wrong, true));
    }
  }
}
