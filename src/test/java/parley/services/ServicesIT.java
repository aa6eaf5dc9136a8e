package parley.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Services.class)
class ServicesIT {

  private static final byte[] OPTIONS = {4, 0, 0, 0, 5, 0, 0, 0, 0};
  private static final byte[] API_VERSIONS = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 7, -1, -1};

  @Test
  void cassandra_answers_and_is_the_same_for_all(RunningCassandra one, RunningCassandra other) {
    assertThat(Loopback.ask(one.contactPoint(), OPTIONS, 1)).hasValue(new byte[] {(byte) 0x84});
    assertThat(one).isSameAs(other);
    assertThat(one.freshName()).isNotEqualTo(one.freshName());
  }

  @Test
  void kafka_answers_and_is_the_same_for_all(RunningKafka one, RunningKafka other) {
    assertThat(asked(one)).isPresent();
    assertThat(one).isSameAs(other);
    assertThat(one.freshName()).isNotEqualTo(one.freshName());
  }

  @Test
  void a_paused_service_is_silent_until_it_is_resumed(RunningKafka kafka) {
    kafka.pause();
    Optional<byte[]> paused;
    try {
      paused = asked(kafka);
    } finally {
      kafka.resume();
    }

    assertThat(paused).isEmpty();
    assertThat(asked(kafka)).isPresent();
  }

  private static Optional<byte[]> asked(RunningKafka kafka) {
    var hostAndPort = kafka.bootstrapServers().split(":");
    var address = new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    return Loopback.ask(address, API_VERSIONS, 4);
  }
}
