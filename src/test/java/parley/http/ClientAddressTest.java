package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.RemoteAddress;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.headers.XForwardedFor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

  private static final ClientAddress TRUSTING =
      new ClientAddress(List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")));

  private static HttpRequest from(String peer, String... forwardedFor) {
    var hops = Stream.of(forwardedFor).map(ClientAddressTest::remote).toList();
    var request = HttpRequest.create().addAttribute(AttributeKeys.remoteAddress, remote(peer));
    return hops.isEmpty()
        ? request
        : request.addHeader(XForwardedFor.create(hops.toArray(RemoteAddress[]::new)));
  }

  private static RemoteAddress remote(String address) {
    try {
      return RemoteAddress.create(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void a_client_that_connects_itself_has_the_address_of_its_connection() {
    assertThat(TRUSTING.of(from("192.0.2.7"))).isEqualTo(TRUSTING.of(from("192.0.2.7")));
    assertThat(TRUSTING.of(from("192.0.2.7"))).isNotEqualTo(TRUSTING.of(from("192.0.2.8")));
  }

  @Test
  void what_a_client_says_about_itself_is_not_believed() {
    assertThat(TRUSTING.of(from("192.0.2.7", "192.0.2.99")))
        .isEqualTo(TRUSTING.of(from("192.0.2.7")));
  }

  @Test
  void a_trusted_proxy_is_believed() {
    assertThat(TRUSTING.of(from("10.1.2.3", "192.0.2.7")))
        .isEqualTo(TRUSTING.of(from("192.0.2.7")));
  }

  @Test
  void behind_proxies_it_is_the_last_hop_that_is_none_of_them() {
    assertThat(TRUSTING.of(from("::1", "192.0.2.99", "192.0.2.7", "10.1.2.3")))
        .isEqualTo(TRUSTING.of(from("192.0.2.7")));
  }

  @Test
  void a_proxy_that_asks_for_itself_has_its_own_address() {
    assertThat(TRUSTING.of(from("10.1.2.3"))).isNotEqualTo(TRUSTING.of(from("10.1.2.4")));
  }

  @Test
  void a_network_of_ipv6_is_one_client() {
    assertThat(TRUSTING.of(from("2001:db8::1"))).isEqualTo(TRUSTING.of(from("2001:db8::ffff:1")));
    assertThat(TRUSTING.of(from("2001:db8::1"))).isNotEqualTo(TRUSTING.of(from("2001:db8:0:1::1")));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.200, true",
    "192.0.2.128/25, 192.0.2.100, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "0.0.0.0/0, 192.0.2.2, true",
    "0.0.0.0/0, ::1, false",
    "fd00::/8, fdff::1, true"
  })
  void a_range_is_all_that_share_its_first_bits(String range, String address, boolean expected)
      throws UnknownHostException {
    assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::1/129", "1:2"})
  void what_is_no_range_is_refused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is expected");
  }

  private static HttpRequest saying(String forwardedFor) {
    return from("10.1.2.3").addHeader(RawHeader.create("X-Forwarded-For", forwardedFor));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7:5678",
        "bad, 192.0.2.7",
        "_hidden, 192.0.2.7:1, 10.9.9.9:443",
        "192.0.2.7 ,10.9.9.9"
      })
  void a_hop_may_have_a_port_and_what_stands_before_it_may_be_anything(String forwardedFor) {
    assertThat(TRUSTING.of(saying(forwardedFor))).isEqualTo(TRUSTING.of(from("192.0.2.7")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80"})
  void a_hop_of_ipv6_may_stand_in_brackets(String forwardedFor) {
    assertThat(TRUSTING.of(saying(forwardedFor))).isEqualTo(TRUSTING.of(from("2001:db8::1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad",
        "192.0.2.7, bad",
        "192.0.2.300",
        "1",
        "::zz",
        "",
        "x:1",
        "[x:1]",
        "localhost:443",
        "[::1",
        "192.0.2.7:"
      })
  void a_hop_that_cannot_be_read_ends_the_way_back(String forwardedFor) {
    assertThat(TRUSTING.of(saying(forwardedFor))).isEqualTo(TRUSTING.of(from("10.1.2.3")));
  }
}
