package parley.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {

  private static final Rate THREE_THEN_ONE_A_SECOND = new Rate(3, Duration.ofSeconds(1));

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private TokenBuckets buckets(int keysMax) {
    return new TokenBuckets(THREE_THEN_ONE_A_SECOND, now::get, keysMax);
  }

  private static long taken(TokenBuckets buckets, String key, int tries) {
    return IntStream.range(0, tries).filter(i -> buckets.take(key).isEmpty()).count();
  }

  @Test
  void a_burst_is_taken_at_once_and_no_more() {
    var buckets = buckets(10);

    assertThat(taken(buckets, "ann", 10)).isEqualTo(3);
    assertThat(buckets.take("ann")).contains(Duration.ofSeconds(1));
  }

  @Test
  void it_tells_how_long_to_wait_and_keeps_its_word() {
    var buckets = buckets(10);
    taken(buckets, "ann", 3);
    pass(Duration.ofMillis(400));

    assertThat(buckets.take("ann")).contains(Duration.ofMillis(600));
    pass(Duration.ofMillis(599));
    assertThat(buckets.take("ann")).contains(Duration.ofMillis(1));
    pass(Duration.ofMillis(1));
    assertThat(buckets.take("ann")).isEmpty();
  }

  @Test
  void a_pause_fills_a_bucket_but_does_not_overfill_it() {
    var buckets = buckets(10);
    taken(buckets, "ann", 3);

    pass(Duration.ofSeconds(2));
    assertThat(taken(buckets, "ann", 10)).isEqualTo(2);
    pass(Duration.ofDays(2));
    assertThat(taken(buckets, "ann", 10)).isEqualTo(3);
  }

  @Test
  void a_clock_that_goes_back_refuses_nobody_for_longer_than_a_bucket_lasts() {
    var buckets = buckets(10);
    taken(buckets, "ann", 3);

    pass(Duration.ofHours(-1));

    assertThat(buckets.take("ann")).contains(Duration.ofSeconds(1));
    pass(Duration.ofSeconds(1));
    assertThat(buckets.take("ann")).isEmpty();
  }

  @Test
  void each_key_has_a_bucket_of_its_own() {
    var buckets = buckets(10);
    taken(buckets, "ann", 10);

    assertThat(taken(buckets, "ben", 10)).isEqualTo(3);
  }

  @Test
  void full_buckets_make_room_for_others() {
    var buckets = buckets(10);
    IntStream.range(0, 10).forEach(i -> buckets.take("old-" + i));
    pass(Duration.ofSeconds(1));

    buckets.take("new");

    assertThat(buckets.size()).isEqualTo(1);
  }

  @Test
  void however_many_keys_there_are_the_memory_is_bounded() {
    var buckets = buckets(10);

    IntStream.range(0, 1_000).forEach(i -> taken(buckets, "key-" + i, 3));

    assertThat(buckets.size()).isEqualTo(10);
    assertThat(buckets.take("key-999")).contains(Duration.ofSeconds(1));
  }

  @Test
  void without_a_limit_everything_is_taken_and_nothing_kept() {
    var buckets = new TokenBuckets(Rate.UNLIMITED, now::get);

    assertThat(taken(buckets, "ann", 10_000)).isEqualTo(10_000);
    assertThat(buckets.size()).isZero();
  }
}
