package parley.archive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import parley.archive.Charter.Holder;
import parley.services.RunningCassandra;
import parley.services.Services;

@ExtendWith(Services.class)
class CassandraCharterIT {

  private static final int HELD_SECONDS = 3;
  private static final Holder ANN = new Holder(UUID.randomUUID(), "127.0.0.1:1");
  private static final Holder BEN = new Holder(UUID.randomUUID(), "127.0.0.1:2");

  private static CassandraNode node;

  private CassandraCharter charter;

  @BeforeAll
  static void start(RunningCassandra cassandra) throws Exception {
    node = new CassandraNode(cassandra, Map.of());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void nobody_holds_it() throws Exception {
    var keyspace = CassandraSettings.of(node.system().settings().config()).keyspace();
    charter = new CassandraCharter(node.session(), keyspace, HELD_SECONDS);
    await(charter.release(ANN.contact()));
    await(charter.release(BEN.contact()));
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, SECONDS);
  }

  @Test
  void who_claims_it_first_holds_it() throws Exception {
    assertThat(await(charter.holder())).isEmpty();
    assertThat(await(charter.claim(ANN))).isEqualTo(ANN);

    assertThat(await(charter.claim(BEN))).isEqualTo(ANN);
    assertThat(await(charter.renew(BEN))).isEqualTo(ANN);
    assertThat(await(charter.holder())).contains(ANN);
  }

  @Test
  void it_passes_unless_it_is_renewed() throws Exception {
    await(charter.claim(ANN));
    for (int i = 0; i < 2 * HELD_SECONDS; i++) {
      LockSupport.parkNanos(Duration.ofMillis(1000 * HELD_SECONDS / 4).toNanos());
      assertThat(await(charter.renew(ANN))).isEqualTo(ANN);
    }

    assertThat(await(charter.claim(BEN))).isEqualTo(ANN);
    LockSupport.parkNanos(Duration.ofSeconds(HELD_SECONDS + 2).toNanos());
    assertThat(await(charter.claim(BEN))).isEqualTo(BEN);
  }

  @Test
  void who_has_kept_it_takes_it_again_when_nobody_else_has() throws Exception {
    assertThat(await(charter.renew(ANN))).isEqualTo(ANN);
    assertThat(await(charter.holder())).contains(ANN);
  }

  @Test
  void another_node_of_the_cluster_goes_on_with_it() throws Exception {
    await(charter.claim(ANN));
    var other = new Holder(ANN.cluster(), "127.0.0.1:3");

    assertThat(await(charter.renew(other))).isEqualTo(other);
    assertThat(await(charter.holder())).contains(other);
    await(charter.release(other.contact()));
  }

  @Test
  void only_its_holder_gives_it_back() throws Exception {
    await(charter.claim(ANN));

    await(charter.release(BEN.contact()));
    assertThat(await(charter.holder())).contains(ANN);
    await(charter.release(ANN.contact()));
    assertThat(await(charter.holder())).isEmpty();
  }
}
