package parley.distribution;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import parley.ops.Health;
import parley.ops.Metrics;

/**
 * Distribution through Kafka on one node: one producer, and a worker when the node is to have one.
 * Ends with the actor system, in order: the worker when the node stops to take work, the producer
 * after the users' actors have stopped.
 *
 * <pre>{@code
 * var kafka = KafkaDistribution.start(settings.kafka(), system, health, "kafka", metrics);
 * kafka.distributor();
 * kafka.work(users);
 * }</pre>
 */
public final class KafkaDistribution {

  private final ActorSystem<?> system;
  private final KafkaSettings settings;
  private final Metrics metrics;
  private final KafkaWatch watch;
  private final RecordSender sender;
  private final ConsignmentForm form;

  private KafkaDistribution(
      ActorSystem<?> system, KafkaSettings settings, KafkaWatch watch, Metrics metrics) {
    this.system = system;
    this.settings = settings;
    this.watch = watch;
    this.metrics = metrics;
    var clients = new KafkaClients(settings);
    this.sender = new RecordSender(settings.sending(), clients::producer);
    this.form = new ConsignmentForm(system);
  }

  /**
   * Starts to look for Kafka, without waiting for it; from then on keeps the health's part up to
   * date. Throws {@link KafkaProblem} when Kafka's clients do not take the settings.
   */
  public static KafkaDistribution start(
      KafkaSettings settings, ActorSystem<?> system, Health health, String part, Metrics metrics) {
    var watch = new KafkaWatch(settings, system, health, part, metrics);
    var distribution = new KafkaDistribution(system, settings, watch, metrics);
    watch.start();
    onShutdown(
        system,
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
        "kafka-producer",
        distribution::close);
    return distribution;
  }

  /** Done when the topics have been seen for the first time. */
  public CompletionStage<Void> usable() {
    return watch.usable();
  }

  /** Where batches are handed over; fails them until the topics have been seen. */
  public Distributor distributor() {
    return new KafkaDistributor(settings.topics().deliveries(), sender, form, watch::obstacle);
  }

  /** Delivers to the mailboxes, as soon as the topics have been seen. */
  public void work(Mailboxes mailboxes) {
    var letters = new DeadLetters(settings.topics().deadLetters(), sender, metrics);
    var desk = new RecipientOrder.Desk(form, mailboxes, letters, metrics);
    var worker = new DeliveryWorker(system, settings, desk);
    watch.usable().thenRun(worker::start);
    onShutdown(system, CoordinatedShutdown.PhaseServiceUnbind(), "delivery-worker", worker::stop);
  }

  private CompletionStage<Done> close() {
    watch.stop();
    return sender.close();
  }

  private static void onShutdown(
      ActorSystem<?> system, String phase, String task, Supplier<CompletionStage<Done>> work) {
    CoordinatedShutdown.get(system).addTask(phase, task, work);
  }
}
