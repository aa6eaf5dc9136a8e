package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.cluster.typed.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import parley.ops.Health;
import parley.services.Loopback;

/** Nodes that know of one another only what DNS says, as behind a headless service. */
class DiscoveryIT {

  private static final String FIRST = "127.0.0.1";
  private static final String SECOND = "127.0.0.2";
  private static final long LIMIT_SECONDS = 90;

  @Test
  void nodes_whose_addresses_a_name_has_make_one_cluster() throws Exception {
    try (var dns = new NameServer(FIRST, SECOND);
        var nodes =
            new Nodes(
                Map.of(
                    "parley.cluster.discovery.dns-name",
                    "parley.test",
                    "parley.cluster.discovery.port",
                    Loopback.freePort(),
                    "parley.cluster.discovery.nodes-min",
                    2,
                    "akka.io.dns.async-dns.nameservers",
                    List.of(dns.address())))) {
      var first = join(nodes, FIRST);
      var second = join(nodes, SECOND);

      first.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
      second.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);

      var members = Cluster.get(nodes.systems().getFirst()).state().getMembers();
      assertThat(members)
          .extracting(member -> member.address().getHost().get())
          .containsExactlyInAnyOrder(FIRST, SECOND);
    }
  }

  /** One more node, at that address of this machine. */
  private static CompletionStage<Done> join(Nodes nodes, String host) {
    Map<String, Object> own =
        Map.of("parley.cluster.host", host, "parley.cluster.seed-nodes", List.of());
    var cluster = nodes.settings(own).cluster();
    var health = new Health(List.of(Membership.PART));
    return Membership.join(nodes.begin(own), cluster, health, Optional.empty());
  }
}
