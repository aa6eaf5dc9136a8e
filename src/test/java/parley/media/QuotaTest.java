package parley.media;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.message.Failure;
import parley.message.MediaId;

class QuotaTest {

  private final ActorTestKit kit = ActorTestKit.create(MediumFixture.CONFIG);
  private EventSourcedBehaviorTestKit<QuotaCommand, QuotaEvent, QuotaState> quota;
  private Instant now = MediumFixture.NOW;

  @BeforeEach
  void start() {
    quota =
        EventSourcedBehaviorTestKit.create(
            kit.system(),
            Quota.create(
                MediumFixture.ANN, new Medium.Surroundings(() -> now, MediumFixture.SETTINGS)));
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static MediaId id(int number) {
    return new MediaId("01M83XJ8BV000YS02XEYJJR" + (100 + number));
  }

  private QuotaReply reserve(int number, long sizeBytes) {
    var probe = kit.<QuotaReply>createTestProbe();
    quota.runCommand(new QuotaCommand.Reserve(id(number), sizeBytes, probe.ref()));
    return probe.receiveMessage();
  }

  private static void assertRefused(QuotaReply reply) {
    assertThat(reply)
        .isInstanceOfSatisfying(
            QuotaReply.Refused.class,
            refused -> assertThat(refused.reason().failure()).isEqualTo(Failure.MEDIA_QUOTA));
  }

  @Test
  void so_many_uploads_go_on_at_a_time() {
    reserve(1, 10);
    assertThat(reserve(2, 10)).isEqualTo(new QuotaReply.Reserved());
    assertRefused(reserve(3, 10));

    quota.runCommand(new QuotaCommand.Keep(id(1)));

    assertThat(reserve(3, 10)).isEqualTo(new QuotaReply.Reserved());
  }

  @Test
  void uploads_that_go_on_have_so_many_bytes() {
    reserve(1, 1_000);

    assertRefused(reserve(2, 501));
    assertThat(reserve(2, 500)).isEqualTo(new QuotaReply.Reserved());
  }

  @Test
  void uploads_that_expired_free_no_bytes_that_were_kept() {
    for (int i = 0; i < 2; i++) {
      reserve(i, 1_000);
      quota.runCommand(new QuotaCommand.Keep(id(i)));
    }
    reserve(3, 1_000);
    now = now.plus(Duration.ofDays(2));
    reserve(4, 10);

    quota.runCommand(new QuotaCommand.Release(id(3), 1_000));

    assertThat(quota.getState().keptBytes()).isEqualTo(2_000);
  }

  @Test
  void so_many_bytes_are_kept_and_those_released_once_are_free_again() {
    for (int i = 0; i < 3; i++) {
      reserve(i, 1_000);
      quota.runCommand(new QuotaCommand.Keep(id(i)));
    }
    assertRefused(reserve(9, 1));

    quota.runCommand(new QuotaCommand.Release(id(0), 1_000));
    quota.runCommand(new QuotaCommand.Release(id(0), 1_000));

    assertThat(reserve(9, 1_000)).isEqualTo(new QuotaReply.Reserved());
    assertRefused(reserve(10, 1));
  }

  @Test
  void an_upload_that_was_given_up_ends_by_itself() {
    reserve(1, 10);
    reserve(2, 10);
    now = now.plus(Duration.ofHours(25));

    assertThat(reserve(3, 10)).isEqualTo(new QuotaReply.Reserved());
  }

  @Test
  void a_repeated_reservation_counts_once() {
    reserve(1, 10);
    reserve(1, 10);

    assertThat(reserve(2, 10)).isEqualTo(new QuotaReply.Reserved());
  }
}
