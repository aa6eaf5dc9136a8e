package parley.load.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProcessMeterTest {

  @Test
  void the_time_of_processors_is_user_and_system_whatever_the_name() {
    var stat = "7 (a) b (c)) S 1 7 7 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 9 0 100 1 2 3";

    assertThat(ProcessMeter.cpuMicros(stat)).isEqualTo(2_000_000);
  }

  @Test
  void resident_memory_is_in_bytes() {
    assertThat(ProcessMeter.residentBytes("VmPeak:\t 9 kB\nVmRSS:\t     2 kB\n")).isEqualTo(2048);
  }

  @Test
  void this_process_can_be_measured() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "Skipped: there is no /proc here");
    var meter = new ProcessMeter("this", ProcessHandle.current().pid());

    assertThat(meter.cpuMicros()).isPositive();
    assertThat(meter.residentBytes()).isPositive();
    assertThat(meter.sleeps()).isPositive();
  }
}
