package parley.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {

  private final Health health = new Health(List.of("store", "cluster"));

  @Test
  void every_part_is_down_until_it_reports() {
    assertThat(health.ready()).isFalse();
    assertThat(health.parts())
        .isEqualTo(
            Map.of("cluster", new Health.Down("starting"), "store", new Health.Down("starting")));
  }

  @Test
  void a_node_is_ready_when_all_parts_are_up() {
    health.up("store");
    assertThat(health.ready()).isFalse();

    health.up("cluster");
    assertThat(health.ready()).isTrue();
  }

  @Test
  void a_part_may_go_down_again_and_says_why() {
    health.up("store");
    health.up("cluster");
    health.down("store", "disk full");

    assertThat(health.ready()).isFalse();
    assertThat(health.parts()).containsEntry("store", new Health.Down("disk full"));
  }

  @Test
  void an_unknown_part_is_a_mistake() {
    assertThatThrownBy(() -> health.up("stroe")).isInstanceOf(IllegalArgumentException.class);
  }
}
