package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.archive.Charter;

class CharterKeeperTest {

  private static final Duration EVERY = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ActorTestKit kit = ActorTestKit.create();
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              akka.actor.provider = cluster
              akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              akka.cluster.roles = [user]
              akka.cluster.jmx.enabled = off
              akka.coordinated-shutdown.exit-jvm = off
              """)
          .withFallback(ConfigFactory.load("reference"));

  private final MemoryCharter charter = new MemoryCharter();
  private final List<ActorSystem<Void>> systems = new ArrayList<>();

  @AfterEach
  void end() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(CharterKeeperTest::awaitEnd);
  }

  @AfterAll
  static void end_kit() {
    kit.shutdownTestKit();
  }

  private static void awaitEnd(ActorSystem<Void> system) {
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  private ActorSystem<Void> node() {
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "parley", CONFIG);
    systems.add(system);
    return system;
  }

  private void keep(ActorSystem<Void> system, List<String> seeds) {
    var seeding = new Seeding(system, seeds, true);
    seeding.join(Optional.empty());
    system.systemActorOf(
        CharterKeeper.create(charter, seeding, EVERY), "parley-charter", Props.empty());
  }

  private static String contact(ActorSystem<Void> system) {
    return system.address().getHost().get() + ":" + system.address().getPort().get();
  }

  private static long upOf(ActorSystem<Void> system) {
    var members = Cluster.get(system).state().getMembers();
    return StreamSupport.stream(members.spliterator(), false)
        .map(Member::status)
        .filter(MemberStatus.up()::equals)
        .count();
  }

  private static void awaitUp(ActorSystem<Void> system, int count) {
    TestProbe<Void> probe = kit.createTestProbe();
    probe.awaitAssert(
        LIMIT,
        () -> {
          assertThat(upOf(system)).isEqualTo(count);
          return null;
        });
  }

  private static void assertStaysOut(ActorSystem<Void> system) {
    TestProbe<Void> probe = kit.createTestProbe();
    probe.expectNoMessage(EVERY.multipliedBy(15));
    assertThat(Cluster.get(system).selfMember().status()).isEqualTo(MemberStatus.removed());
  }

  @Test
  void a_node_begins_a_cluster_when_nobody_has_one() {
    var first = node();

    keep(first, List.of(contact(first), "127.0.0.1:1"));

    awaitUp(first, 1);
    assertThat(charter.now()).get().extracting(Charter.Holder::contact).isEqualTo(contact(first));
  }

  @Test
  void of_nodes_that_start_together_one_begins_and_the_others_join() {
    var nodes = List.of(node(), node(), node());
    var contacts = nodes.stream().map(CharterKeeperTest::contact).toList();

    nodes.forEach(node -> keep(node, contacts));

    nodes.forEach(node -> awaitUp(node, 3));
  }

  @Test
  void a_first_seed_does_not_begin_a_second_cluster_while_the_others_do_not_answer() {
    charter.heldBy(new Charter.Holder(UUID.randomUUID(), "127.0.0.1:1"));
    var first = node();

    keep(first, List.of(contact(first), "127.0.0.1:1"));

    assertStaysOut(first);
  }

  @Test
  void a_node_begins_none_while_the_charter_cannot_be_asked() {
    charter.goAway();
    var first = node();

    keep(first, List.of(contact(first)));

    assertStaysOut(first);
  }

  @Test
  void a_seed_that_comes_back_joins_those_who_have_the_cluster_now() {
    var first = node();
    keep(first, List.of(contact(first)));
    awaitUp(first, 1);
    var stranger = node();

    keep(stranger, List.of(contact(stranger)));

    awaitUp(stranger, 2);
  }

  @Test
  void a_node_ends_itself_when_another_cluster_holds_the_charter() {
    var first = node();
    keep(first, List.of(contact(first)));
    awaitUp(first, 1);

    charter.heldBy(new Charter.Holder(UUID.randomUUID(), "127.0.0.1:1"));

    awaitEnd(first);
  }

  @Test
  void the_last_one_gives_the_charter_back() {
    var first = node();
    keep(first, List.of(contact(first)));
    awaitUp(first, 1);

    first.terminate();
    awaitEnd(first);

    assertThat(charter.now()).isEmpty();
  }
}
