package parley.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.user.UserFixture.NOW;

import org.junit.jupiter.api.Test;
import parley.message.DeviceId;
import parley.message.SessionId;

class DevicesTest {

  private final Devices devices = new Devices();

  private static DeviceId device(int number) {
    return new DeviceId("d" + number);
  }

  @Test
  void a_cursor_never_goes_back() {
    devices.acknowledge(device(1), 5);
    devices.acknowledge(device(1), 3);

    assertThat(devices.acknowledged(device(1))).isEqualTo(5);
    assertThat(devices.acknowledged(device(2))).isZero();
  }

  @Test
  void the_cursor_that_has_not_moved_for_longest_goes_even_after_a_restart() {
    for (int i = 0; i < Devices.CURSORS_MOST; i++) {
      devices.acknowledge(device(i), 1);
    }
    devices.acknowledge(device(0), 2);
    var restored = new Devices();
    devices.acknowledged().forEach(restored::acknowledge);

    restored.acknowledge(device(Devices.CURSORS_MOST), 1);

    assertThat(restored.acknowledged(device(0))).isEqualTo(2);
    assertThat(restored.acknowledged(device(1))).isZero();
    assertThat(restored.acknowledged()).hasSize(Devices.CURSORS_MOST);
  }

  @Test
  void the_oldest_ended_session_is_forgotten_first_even_after_a_restart() {
    for (int i = 0; i < Devices.ENDED_MOST; i++) {
      devices.signOut(new SessionId("s" + i), NOW);
    }
    var restored = new Devices();
    devices.ended().forEach(restored::addEnded);

    restored.signOut(new SessionId("another"), NOW);

    assertThat(restored.hasEnded(new SessionId("s0"))).isFalse();
    assertThat(restored.hasEnded(new SessionId("s1"))).isTrue();
    assertThat(restored.ended()).hasSize(Devices.ENDED_MOST);
  }

  @Test
  void an_ended_session_is_remembered_for_longer_than_tokens_live() {
    devices.signOut(new SessionId("s1"), NOW);
    devices.signOut(new SessionId("s2"), NOW.plus(UserSettings.ENDED_SESSION_MEMORY));
    assertThat(devices.hasEnded(new SessionId("s1"))).isTrue();

    devices.signOut(new SessionId("s3"), NOW.plus(UserSettings.ENDED_SESSION_MEMORY).plusMillis(1));
    assertThat(devices.hasEnded(new SessionId("s1"))).isFalse();
  }
}
