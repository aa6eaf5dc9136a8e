package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

  private Instant now = Instant.EPOCH;
  private final TokenBucket bucket = new TokenBucket(2, 3, () -> now);

  @Test
  void a_burst_is_let_through_and_then_it_tells_how_long_to_wait() {
    assertThat(bucket.take()).isZero();
    assertThat(bucket.take()).isZero();
    assertThat(bucket.take()).isZero();

    assertThat(bucket.take()).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void it_refills_steadily_and_not_beyond_the_burst() {
    for (int i = 0; i < 3; i++) {
      bucket.take();
    }
    now = now.plusMillis(500);
    assertThat(bucket.take()).isZero();
    assertThat(bucket.take()).isPositive();

    now = now.plusSeconds(60);
    for (int i = 0; i < 3; i++) {
      assertThat(bucket.take()).isZero();
    }
    assertThat(bucket.take()).isPositive();
  }
}
