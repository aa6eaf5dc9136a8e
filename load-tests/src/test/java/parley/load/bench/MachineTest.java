package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void cycleComesToAllPlacesBeforeItIsBack() {
    var next = Machine.cycle(1000, new Random(7));
    var seen = new HashSet<Integer>();

    int at = 0;
    for (int step = 0; step < 1000; step++) {
      seen.add(at);
      at = next[at];
    }

    assertThat(seen).hasSize(1000);
    assertThat(at).isZero();
  }

  @Test
  void readsTakeSomeTime() {
    assertThat(Machine.memoryNanos()).isBetween(0.3, 100_000.0);
  }
}
