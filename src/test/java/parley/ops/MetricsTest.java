package parley.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void every_number_is_there_before_anything_happens() {
    assertThat(metrics.text().lines())
        .contains(
            "parley_sends_total 0.0",
            "parley_deliveries_total 0.0",
            "parley_users_active 0.0",
            "parley_journal_write_seconds_count 0");
  }

  @Test
  void what_happens_is_counted() {
    metrics.sent(2);
    metrics.sent(1);
    metrics.delivered(7);
    metrics.userStarted();
    metrics.userStarted();
    metrics.userStopped();

    assertThat(metrics.text().lines())
        .contains(
            "parley_sends_total 3.0", "parley_deliveries_total 7.0", "parley_users_active 1.0");
  }

  @Test
  void writes_are_counted_by_how_long_they_took() {
    metrics.journaled(Duration.ofMillis(3));
    metrics.journaled(Duration.ofMillis(300));

    assertThat(metrics.text().lines())
        .contains(
            "parley_journal_write_seconds_bucket{le=\"0.002\"} 0",
            "parley_journal_write_seconds_bucket{le=\"0.005\"} 1",
            "parley_journal_write_seconds_bucket{le=\"0.5\"} 2",
            "parley_journal_write_seconds_bucket{le=\"+Inf\"} 2",
            "parley_journal_write_seconds_count 2");
  }

  @Test
  void the_process_is_shown_too() {
    assertThat(metrics.text())
        .contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_cpu_usage")
        .contains("process_files_open_files", "process_uptime_seconds", "jvm_gc_");
  }

  @Test
  void nodes_in_one_process_count_apart() {
    try (var other = new Metrics()) {
      other.sent(1);

      assertThat(metrics.text().lines()).contains("parley_sends_total 0.0");
    }
  }
}
