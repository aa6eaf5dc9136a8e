package parley.media;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.media.MediumFixture.ID;
import static parley.media.MediumFixture.NOW;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import parley.message.MediaId;

class LinksTest {

  private static final MediaId OTHER = new MediaId("01M83XJ8BV000YS02XEYJJR9QV");

  private Instant now = NOW;
  private final Links links = new Links(new byte[32], Duration.ofHours(1), () -> now);

  @Test
  void a_link_holds_for_its_medium_until_it_expires() {
    var signature = links.sign(ID);

    assertThat(links.holds(ID, signature.text())).isTrue();
    assertThat(links.holds(OTHER, signature.text())).isFalse();
    now = signature.expiresAt();
    assertThat(links.holds(ID, signature.text())).isFalse();
  }

  @Test
  void another_key_makes_other_links() {
    var others = new Links(new byte[] {1}, Duration.ofHours(1), () -> now);

    assertThat(links.holds(ID, others.sign(ID).text())).isFalse();
  }

  @Test
  void what_is_no_signature_does_not_hold() {
    assertThat(links.holds(ID, "")).isFalse();
    assertThat(links.holds(ID, "!!")).isFalse();
    assertThat(links.holds(ID, "A".repeat(54))).isFalse();
  }
}
