package parley.cluster;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import parley.Settings;
import parley.ops.Health;

/** Members of one cluster in this JVM, on free ports of loopback: the first one begins it. */
final class Nodes implements AutoCloseable {

  private static final long LIMIT_SECONDS = 60;

  private final MemoryCharter charter = new MemoryCharter();
  private final Map<String, Object> overrides;
  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private final List<Health> healths = new ArrayList<>();

  /** None yet; with those settings over the defaults. */
  Nodes(Map<String, ?> overrides) {
    this.overrides = new HashMap<>(overrides);
    this.overrides.put("parley.store", "cassandra");
    this.overrides.put("parley.account.signing-key", "0123456789abcdef0123456789abcdef");
    this.overrides.put("akka.persistence.journal.plugin", "");
    this.overrides.put("akka.persistence.snapshot-store.plugin", "");
  }

  /** One more, which has joined. */
  ActorSystem<Void> add() {
    return add(Map.of());
  }

  /** One more, with settings of its own. */
  ActorSystem<Void> add(Map<String, ?> own) {
    var system = begin(own);
    var joined =
        Membership.join(
            system,
            settings(own).cluster(),
            healths.getLast(),
            Optional.of(CompletableFuture.completedStage(charter)));
    try {
      joined.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("Not joined: " + healths.getLast().parts(), e);
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return system;
  }

  /** One more, which has not asked to join. */
  ActorSystem<Void> begin(Map<String, ?> own) {
    ActorSystem<Void> system =
        ActorSystem.create(Behaviors.empty(), "parley", settings(own).config());
    systems.add(system);
    healths.add(new Health(List.of(Membership.PART)));
    return system;
  }

  /** Its settings: it joins the first one, if it is another. */
  Settings settings(Map<String, ?> own) {
    var all = new HashMap<>(overrides);
    if (!systems.isEmpty()) {
      var address = systems.getFirst().address();
      all.put(
          "parley.cluster.seed-nodes",
          List.of(address.getHost().get() + ":" + address.getPort().get()));
    }
    all.putAll(own);
    return Settings.load(Optional.empty(), all);
  }

  List<ActorSystem<Void>> systems() {
    return List.copyOf(systems);
  }

  /** Ends one; done when it has left. */
  void remove(ActorSystem<Void> system) {
    // Actor systems of one name are equal.
    systems.removeIf(it -> it == system);
    end(system);
  }

  private static void end(ActorSystem<Void> system) {
    system.terminate();
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    systems.reversed().forEach(Nodes::end);
  }
}
