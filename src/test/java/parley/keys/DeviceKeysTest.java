package parley.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.message.DeviceId;
import parley.message.Failure;
import parley.message.Opaque;
import parley.message.Refusal;
import parley.message.UserId;

class DeviceKeysTest {

  private static final DeviceId PHONE = new DeviceId("phone");
  private static final DeviceId LAPTOP = new DeviceId("laptop");
  private static final Opaque KEY = new Opaque("AAAA");
  private static final Opaque OTHER_KEY = new Opaque("BBBB");
  private static final Instant AT = Instant.ofEpochMilli(1_795_428_000_123L);
  private static final KeySettings LIMITS =
      new KeySettings(3, 16, 60, 4, 10_000, 64, 10, 10, Duration.ofMinutes(1));

  private final DeviceKeys keys = new DeviceKeys(new UserId("ann"), DeviceKeys.Stored.NONE);

  private static KeyOffer offer(Opaque key, String... packages) {
    return new KeyOffer(
        Map.of(1, key),
        Stream.of(packages).map(it -> new KeyPackage(1, new Opaque(it))).toList(),
        List.of());
  }

  private static KeyOffer lastResort(String keyPackage) {
    return new KeyOffer(Map.of(), List.of(), List.of(new KeyPackage(1, new Opaque(keyPackage))));
  }

  private Optional<Failure> refused(KeyOffer offer) {
    return keys.refusal(PHONE, offer, LIMITS).map(Refusal::failure);
  }

  private List<String> next() {
    return keys.next(1, Optional.empty()).stream().map(it -> it.keyPackage().base64()).toList();
  }

  @Test
  void packages_are_handed_out_in_order_and_each_once() {
    keys.put(PHONE, offer(KEY, "AQID", "BAUG"), AT);

    assertThat(next()).containsExactly("AQID");
    keys.taken(1, List.of(PHONE));
    assertThat(next()).containsExactly("BAUG");
    keys.taken(1, List.of(PHONE));
    assertThat(next()).isEmpty();
  }

  @Test
  void the_last_resort_is_handed_out_again_and_again_when_there_is_no_other() {
    keys.put(PHONE, offer(KEY, "AQID"), AT);
    keys.put(PHONE, lastResort("CCCC"), AT);

    assertThat(keys.next(1, Optional.empty()).getFirst().lastResort()).isFalse();
    keys.taken(1, List.of(PHONE));
    assertThat(next()).containsExactly("CCCC");
    assertThat(keys.next(1, Optional.empty()).getFirst().lastResort()).isTrue();
  }

  @Test
  void a_package_that_is_there_already_is_not_taken_again() {
    keys.put(PHONE, offer(KEY, "AQID"), AT);
    keys.put(PHONE, offer(KEY, "AQID", "BAUG"), AT);

    assertThat(keys.remaining(PHONE, 1)).isEqualTo(2);
  }

  @Test
  void another_signature_key_drops_what_was_offered_with_the_one_before() {
    keys.put(PHONE, offer(KEY, "AQID"), AT);
    keys.put(PHONE, lastResort("CCCC"), AT);
    keys.put(PHONE, offer(OTHER_KEY, "BAUG"), AT);

    assertThat(next()).containsExactly("BAUG");
    keys.taken(1, List.of(PHONE));
    assertThat(next()).isEmpty();
  }

  @Test
  void only_changes_of_signature_keys_are_in_the_log() {
    keys.put(PHONE, offer(KEY, "AQID"), AT);
    keys.put(PHONE, offer(KEY, "BAUG"), AT);
    keys.put(PHONE, offer(OTHER_KEY), AT.plusMillis(1));
    keys.retain(List.of(), AT.plusMillis(2));

    assertThat(keys.log().entries(0, 10))
        .extracting(KeyLog.Entry::leaf)
        .containsExactly(
            "{\"user\":\"ann\",\"device\":\"phone\",\"suite\":1,\"key\":\"AAAA\","
                + "\"at\":1795428000123,\"index\":0}",
            "{\"user\":\"ann\",\"device\":\"phone\",\"suite\":1,\"key\":\"BBBB\","
                + "\"at\":1795428000124,\"index\":1}",
            "{\"user\":\"ann\",\"device\":\"phone\",\"suite\":1,\"key\":null,"
                + "\"at\":1795428000125,\"index\":2}");
  }

  @Test
  void a_device_that_is_gone_takes_its_keys_along_and_the_others_stay() {
    keys.put(PHONE, offer(KEY, "AQID"), AT);
    keys.put(LAPTOP, offer(OTHER_KEY, "BAUG"), AT);
    keys.retain(List.of(LAPTOP), AT);

    assertThat(next()).containsExactly("BAUG");
    assertThat(keys.stock(PHONE).signatureKeys()).isEmpty();
  }

  @Test
  void the_device_that_asks_for_its_own_user_is_left_out() {
    keys.put(PHONE, offer(KEY, "AQID"), AT);
    keys.put(LAPTOP, offer(OTHER_KEY, "BAUG"), AT);

    assertThat(keys.next(1, Optional.of(PHONE)))
        .extracting(DeviceKeys.Handed::device)
        .containsExactly(LAPTOP);
  }

  @Test
  void a_package_without_a_signature_key_is_refused() {
    var offer = new KeyOffer(Map.of(), List.of(new KeyPackage(1, KEY)), List.of());

    assertThat(refused(offer)).contains(Failure.MISSING_FIELD);
    assertThat(refused(lastResort("AQID"))).contains(Failure.MISSING_FIELD);
  }

  @Test
  void more_than_may_be_kept_is_refused() {
    assertThat(refused(offer(KEY, "AAA1", "AAA2", "AAA3"))).isEmpty();
    assertThat(refused(offer(KEY, "AAA1", "AAA2", "AAA3", "AAA4"))).contains(Failure.TOO_LARGE);
    assertThat(refused(offer(KEY, "A".repeat(20)))).contains(Failure.TOO_LARGE);
    keys.put(LAPTOP, offer(KEY, "A".repeat(16), "B".repeat(16), "C".repeat(16)), AT);
    assertThat(refused(offer(KEY, "A".repeat(16)))).contains(Failure.TOO_LARGE);
  }

  @Test
  void a_log_that_is_full_takes_no_new_key_and_goes_on_with_the_old_one() {
    for (var key : List.of("AAA1", "AAA2", "AAA3", "AAA4")) {
      keys.put(PHONE, offer(new Opaque(key)), AT);
    }

    assertThat(refused(offer(KEY))).contains(Failure.TOO_LARGE);
    assertThat(refused(offer(new Opaque("AAA4"), "AQID"))).isEmpty();
  }

  @Test
  void a_log_of_too_many_bytes_takes_no_new_key_either() {
    var large = new KeySettings(3, 16, 20_000, 4_000, 200, 64, 10, 10, Duration.ofMinutes(1));
    for (int i = 0; i < 3; i++) {
      var offer = offer(new Opaque("AAA" + i));
      assertThat(keys.refusal(PHONE, offer, large)).isEmpty();
      keys.put(PHONE, offer, AT);
    }

    assertThat(keys.refusal(PHONE, offer(KEY), large).map(Refusal::failure))
        .contains(Failure.TOO_LARGE);
    assertThat(keys.refusal(PHONE, offer(new Opaque("AAA2"), "AQID"), large)).isEmpty();
  }

  @Test
  void a_package_that_was_handed_out_is_not_taken_again_when_its_offer_is_repeated() {
    keys.put(PHONE, offer(KEY, "AQID", "BAUG"), AT);
    keys.taken(1, List.of(PHONE));

    var again = new DeviceKeys(new UserId("ann"), keys.toStored());
    again.put(PHONE, offer(KEY, "AQID", "BAUG"), AT);

    assertThat(again.remaining(PHONE, 1)).isEqualTo(1);
    assertThat(again.next(1, Optional.empty()))
        .extracting(DeviceKeys.Handed::keyPackage)
        .containsExactly(new Opaque("BAUG"));
  }

  @Test
  void signature_keys_count_among_what_is_kept() {
    var key = new Opaque("A".repeat(32));
    assertThat(refused(offer(key))).isEmpty();
    keys.put(LAPTOP, offer(key), AT);

    assertThat(refused(offer(key))).contains(Failure.TOO_LARGE);
  }

  @Test
  void the_log_is_the_same_in_every_locale() {
    var before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG"));
    try {
      keys.put(PHONE, offer(KEY, "AQID"), AT);
    } finally {
      Locale.setDefault(before);
    }

    assertThat(keys.log().entries(0, 1).getFirst().leaf()).contains("\"at\":1795428000123,");
  }

  @Test
  void it_is_the_same_after_it_was_stored() {
    keys.put(PHONE, offer(KEY, "AQID", "BAUG"), AT);
    keys.put(PHONE, lastResort("CCCC"), AT);

    var again = new DeviceKeys(new UserId("ann"), keys.toStored());

    assertThat(again.toStored()).isEqualTo(keys.toStored());
    assertThat(again.log().root()).isEqualTo(keys.log().root());
  }
}
