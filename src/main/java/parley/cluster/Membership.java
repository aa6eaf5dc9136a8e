package parley.cluster;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.Subscribe;
import akka.management.cluster.bootstrap.ClusterBootstrap;
import akka.management.javadsl.AkkaManagement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.archive.Charter;
import parley.cluster.ClusterSettings.Alone;
import parley.cluster.ClusterSettings.Dns;
import parley.cluster.ClusterSettings.Seeds;
import parley.ops.Health;

/**
 * This node's place in the cluster. It reports itself as a part of the node's health, which is up
 * while the node is a member and there is one that hosts users.
 */
public final class Membership {

  /** The part's name. */
  public static final String PART = "cluster";

  private final ActorSystem<?> system;
  private final ClusterSettings settings;
  private final Health health;
  private final CompletableFuture<Done> isUp = new CompletableFuture<>();
  private final Set<UniqueAddress> hosts = new HashSet<>();
  private boolean isMember;

  private Membership(ActorSystem<?> system, ClusterSettings settings, Health health) {
    this.system = system;
    this.settings = settings;
    this.health = health;
  }

  /**
   * Joins the others; done when this node is one of them and somebody hosts users. That may take
   * for ever: the health says what it waits for.
   *
   * @param charter what this node asks before it begins a cluster; one without it never does
   */
  public static CompletionStage<Done> join(
      ActorSystem<?> system,
      ClusterSettings settings,
      Health health,
      Optional<CompletionStage<Charter>> charter) {
    var membership = new Membership(system, settings, health);
    membership.watch();
    membership.join(charter);
    return membership.isUp;
  }

  private void watch() {
    health.down(PART, waiting());
    ActorRef<MemberEvent> watcher =
        system.systemActorOf(watcher(), "parley-membership", Props.empty());
    Cluster.get(system).subscriptions().tell(new Subscribe<>(watcher, MemberEvent.class));
  }

  private String waiting() {
    return switch (settings.meeting()) {
      case Alone alone -> "starting";
      case Seeds(var addresses) -> "not joined yet through " + String.join(", ", addresses);
      case Dns(var name, int port, int nodesMin) ->
          "not joined yet: looking for %d nodes at %s, port %d".formatted(nodesMin, name, port);
    };
  }

  private void join(Optional<CompletionStage<Charter>> charter) {
    switch (settings.meeting()) {
      case Alone alone -> Cluster.get(system).manager().tell(Join.create(self().address()));
      case Seeds(var addresses) -> {
        var seeding = new Seeding(system, addresses, true);
        seeding.join(Optional.empty());
        charter.ifPresent(it -> keep(it, seeding));
      }
      case Dns dns -> {
        AkkaManagement.get(system.classicSystem()).start();
        ClusterBootstrap.get(system.classicSystem()).start();
        charter.ifPresent(it -> keep(it, new Seeding(system, List.of(), false)));
      }
    }
  }

  private void keep(CompletionStage<Charter> charter, Seeding seeding) {
    charter.thenAccept(it ->
        system.systemActorOf(
            CharterKeeper.create(it, seeding, CharterKeeper.EVERY),
            "parley-charter",
            Props.empty()));
  }

  private Member self() {
    return Cluster.get(system).selfMember();
  }

  private Behavior<MemberEvent> watcher() {
    return Behaviors.receiveMessage(event -> {
      note(event.member());
      report();
      return Behaviors.same();
    });
  }

  /** What the events say: the cluster's own view of itself may follow them later. */
  private void note(Member member) {
    boolean up = member.status().equals(MemberStatus.up());
    if (member.uniqueAddress().equals(self().uniqueAddress())) {
      isMember = up;
      system.log().info("Membership of this node: {}", member.status());
    }
    if (up && member.hasRole(Role.USER.label())) {
      hosts.add(member.uniqueAddress());
    } else {
      hosts.remove(member.uniqueAddress());
    }
  }

  private void report() {
    if (isMember && !hosts.isEmpty()) {
      health.up(PART);
      isUp.complete(Done.getInstance());
    } else if (isMember) {
      health.down(PART, "there is no node of role " + Role.USER.label());
    } else if (isUp.isDone()) {
      health.down(PART, "leaves the cluster or has left it");
    }
  }
}
