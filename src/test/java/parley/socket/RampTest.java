package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.media.Carriage;
import parley.message.ClientId;
import parley.message.Content;
import parley.message.ConversationId;
import parley.message.Media;
import parley.message.MediaId;
import parley.message.UserId;
import parley.user.Draft;

class RampTest {

  private static final ConversationId TALK =
      ConversationId.between(new UserId("ann"), new UserId("ben"));
  private static final Content PICTURE =
      Media.named(new MediaId("01M83XJ8BV000YS02XEYJJR9QT"), Optional.empty());
  private static final Carriage.Loading LOADED = new Carriage.Loaded(PICTURE);

  private final Ramp ramp = new Ramp();

  private static Draft draft(String name, Content content) {
    return new Draft(new ClientId(name), TALK, content, Optional.empty());
  }

  private static List<String> names(List<Ramp.Slot> slots) {
    return slots.stream().map(slot -> slot.draft().clientId().value()).toList();
  }

  @Test
  void drafts_go_on_in_order_whichever_is_loaded_first() {
    long one = ramp.add(draft("one", PICTURE));
    long two = ramp.add(draft("two", PICTURE));
    ramp.add(draft("three", new Content.Text("hi")));

    assertThat(ramp.loaded(two, LOADED)).isEmpty();
    assertThat(names(ramp.loaded(one, LOADED))).containsExactly("one", "two", "three");
    assertThat(ramp.isEmpty()).isTrue();
  }

  @Test
  void one_that_is_still_loaded_holds_back_only_those_behind_it() {
    long one = ramp.add(draft("one", PICTURE));
    ramp.add(draft("two", new Content.Text("hi")));
    ramp.add(draft("three", PICTURE));

    assertThat(names(ramp.loaded(one, LOADED))).containsExactly("one", "two");
    assertThat(ramp.size()).isEqualTo(1);
  }

  @Test
  void what_was_given_up_is_not_loaded_any_more() {
    long one = ramp.add(draft("one", PICTURE));
    assertThat(ramp.drop()).hasSize(1);
    long two = ramp.add(draft("two", PICTURE));

    assertThat(ramp.loaded(one, LOADED)).isEmpty();
    assertThat(names(ramp.loaded(two, LOADED))).containsExactly("two");
  }
}
