package parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MainTest {

  private static final Settings SETTINGS =
      Settings.load(Optional.empty(), Map.of("parley.data", "/srv/parley"));

  @Test
  void the_ready_line_says_where_it_is_and_what_it_keeps() {
    var address = InetSocketAddress.createUnresolved("127.0.0.1", 8080);

    assertThat(Main.ready(address, SETTINGS))
        .isEqualTo("Parley is ready at http://127.0.0.1:8080 (data in /srv/parley)");
  }

  @Test
  void an_ipv6_address_stands_in_brackets() {
    var address = InetSocketAddress.createUnresolved("::1", 8080);

    assertThat(Main.ready(address, SETTINGS)).contains(" http://[::1]:8080 ");
  }
}
