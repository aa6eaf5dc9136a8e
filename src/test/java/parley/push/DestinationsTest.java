package parley.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

  private static final Destinations DESTINATIONS = new Destinations(false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://push.example.com:8443/a?b=c"
      })
  void push_services_are_taken(String endpoint) {
    assertThat(DESTINATIONS.checked(endpoint)).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "push.example.com",
        "http://push.example.com/a",
        "ftp://push.example.com/a",
        "file:///etc/passwd",
        "https:///a",
        "https://user@push.example.com/a",
        "https://push.example.com/a#b",
        "https://localhost/a",
        "https://LOCALHOST/a",
        "https://metadata/a",
        "https://127.0.0.1/a",
        "https://2130706433/a",
        "https://0x7f000001/a",
        "https://10.0.0.1/a",
        "https://[::1]/a",
        "https://[fd00::1]/a",
        "https://push.example.com/ a"
      })
  void other_places_are_not(String endpoint) {
    assertThatThrownBy(() -> DESTINATIONS.checked(endpoint))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_endpoint_has_a_limit() {
    assertThatThrownBy(() -> DESTINATIONS.checked("https://a.example.com/" + "x".repeat(2048)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:1234/a", "http://localhost/a", "https://10.0.0.1/a"})
  void tests_may_allow_local_ones(String endpoint) throws Exception {
    assertThat(new Destinations(true).checked(endpoint)).isEqualTo(endpoint);
    new Destinations(true).check(URI.create(endpoint));
  }

  /** Whatever its name: this is what the lookup of it has found. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "100::1",
        "2001::1",
        "2002:a00:1::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void an_address_that_is_not_public_is_not_sent_to(String address) throws Exception {
    assertThat(Destinations.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.1.0.1",
        "198.17.0.1",
        "198.20.0.1",
        "203.0.112.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::200e"
      })
  void a_public_one_is(String address) throws Exception {
    assertThat(Destinations.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void the_name_of_this_machine_is_found_out() {
    assertThatThrownBy(() -> DESTINATIONS.check(URI.create("https://localhost/a")))
        .isInstanceOf(Destinations.Refused.class);
  }
}
